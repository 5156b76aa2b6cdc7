// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.skein.engine.testing.Damage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever has happened to a revision file: it is read, or refused with its place. */
@Tag("quick")
class BrokenFilesTest {
    private static final long SEED = Long.getLong("skein.test.seed", 20261128L);
    private static final int FILES = 10_000;
    private static final Duration BOUND = Duration.ofMinutes(2);
    private static final List<String> WHOLE =
            List.of(
                    """
                    --@ revision: 3f2a9c41d7e0
                    --@ revises: 1b2c3d4e5f60, aaaa
                    --@ message: add users table
                    --@ created: 2026-11-22T08:55:00Z
                    --@ lock-timeout: 500ms
                    --@ allow: SK101 "the table is small"

                    --@ precheck
                    SELECT to_regclass('users') IS NULL;

                    --@ upgrade
                    /* people /* and others */ */
                    CREATE TABLE users (id bigint, "E mail" text DEFAULT E'it\\'s');
                    COPY users (id, "E mail") FROM stdin;
                    1\tcaf\\303\\251
                    \\N\t\\x41\\n
                    \\.
                    DO $body$ BEGIN PERFORM 1; END $body$;

                    --@ verify: after
                    SELECT count(*) > 0 FROM users;

                    --@ downgrade
                    DROP TABLE users;
                    """,
                    """
                    --@ revision: b
                    --@ transaction: none
                    --@ statement-timeout: 2h
                    --@ upgrade
                    CREATE UNIQUE INDEX CONCURRENTLY "I x" ON s."T" (a);
                    REINDEX (CONCURRENTLY) TABLE U&"d\\0061t";
                    --@ downgrade: irreversible "nobody knows"
                    """,
                    """
                    \uFEFF--@ revision: c
                    --@ batch: "us""ers" by id, 5000 rows, pause 50ms
                    --@ upgrade
                    UPDATE users SET a = b[1:2] WHERE id BETWEEN :from AND :to;
                    """,
                    """
                    --@ revision: d
                    --@ upgrade
                    CREATE FUNCTION f(begin int) RETURNS text LANGUAGE sql BEGIN ATOMIC
                      SELECT CASE WHEN begin > 0 THEN 'größe' END; END;
                    COPY t (a, b) FROM STDIN WITH (FORMAT csv, HEADER, NULL 'nil', FORCE_NULL (b));
                    a,b
                    "x ""y",nil
                    \\.
                    SELECT U&'d!0061' UESCAPE '!', 'a'
                    'b', $$ ; $$;
                    """);

    /** What is tried, for whoever waits for it. */
    private final AtomicInteger trying = new AtomicInteger();

    @Test
    void aBrokenFileIsReadWholeOrRefusedWithItsPlace() {
        int read =
                assertTimeoutPreemptively(
                        BOUND,
                        () -> IntStream.range(0, FILES).map(i -> isRead(i) ? 1 : 0).sum(),
                        () -> "file " + trying + " of seed " + SEED);
        assertThat(read).as("files that are read all the same").isBetween(FILES / 20, FILES / 2);
    }

    @Test
    void anUnbrokenFileIsReadStatementByStatement() {
        for (var text : WHOLE) {
            ScriptOracle.judge(text, ScriptParser.parse("x.sql", text));
        }
        assertThat(WHOLE.stream().map(text -> ScriptParser.parse("x.sql", text)))
                .extracting(s -> s.upgrade().statements().size())
                .containsExactly(3, 2, 1, 3);
    }

    private boolean isRead(int number) {
        trying.set(number);
        var bytes = broken(new Random(SEED * 1_000_003 + number));
        try {
            return isRead(bytes);
        } catch (AssertionError | RuntimeException | StackOverflowError e) {
            var text = new String(bytes, StandardCharsets.UTF_8);
            return fail("file %d of seed %d:\n%s".formatted(number, SEED, text), e);
        }
    }

    private static boolean isRead(byte[] bytes) {
        var decoded = new String(bytes, StandardCharsets.UTF_8);
        try {
            var text = RevisionFolder.text("x.sql", bytes);
            assertThat(text.getBytes(StandardCharsets.UTF_8)).isEqualTo(bytes);
            ScriptOracle.judge(text, ScriptParser.parse("x.sql", text));
            return true;
        } catch (ScriptError e) {
            ScriptOracle.judge(decoded, e);
            return false;
        }
    }

    private static byte[] broken(Random random) {
        var whole = WHOLE.get(random.nextInt(WHOLE.size()));
        return Damage.of(whole.getBytes(StandardCharsets.UTF_8), random);
    }
}
