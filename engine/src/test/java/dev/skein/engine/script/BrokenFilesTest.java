// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.skein.engine.SkeinException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever has happened to a revision file: it is read, or refused with its place. */
class BrokenFilesTest {
    private static final long SEED = Long.getLong("skein.test.seed", 20261128L);
    private static final int FILES = 10_000;
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
                    --@ revision: c
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
    private static final List<String> PIECES =
            List.of(
                    "\0",
                    "\uFEFF",
                    "'",
                    "\"",
                    "$$",
                    "/*",
                    "*/",
                    "--@ ",
                    "--@ upgrade\n",
                    "\\.\n",
                    "\r",
                    "\r\n",
                    ";",
                    "(",
                    "\\",
                    "COPY t FROM stdin;\n",
                    "E'",
                    "--@ batch: ",
                    ":",
                    "\u2028",
                    "BEGIN ATOMIC ",
                    "😀",
                    "\t");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    @Timeout(120)
    void aBrokenFileIsReadOrRefusedWithItsPlace() {
        int read = 0;
        for (int i = 0; i < FILES; i++) {
            read += isRead(i) ? 1 : 0;
        }
        assertThat(read).as("files that are read all the same").isBetween(FILES / 20, FILES / 2);
    }

    private boolean isRead(int number) {
        var bytes = broken(new Random(SEED * 1_000_003 + number));
        try {
            var script = ScriptParser.parse("x.sql", RevisionFolder.text("x.sql", bytes));
            return !script.checksum().isEmpty();
        } catch (SkeinException e) {
            assertThat(e.subject()).matches("x\\.sql(:\\d+)?");
            assertThat(e.found()).isNotBlank();
            return false;
        } catch (RuntimeException | StackOverflowError e) {
            return fail("file " + number + " of seed " + SEED, e);
        }
    }

    private byte[] broken(Random random) {
        var bytes = WHOLE.get(random.nextInt(WHOLE.size())).getBytes(StandardCharsets.UTF_8);
        for (int i = random.nextInt(3); i >= 0; i--) {
            bytes = changed(bytes, random);
        }
        return bytes;
    }

    private byte[] changed(byte[] bytes, Random random) {
        int a = random.nextInt(bytes.length + 1);
        int b = Math.min(bytes.length, a + random.nextInt(40));
        return switch (random.nextInt(9)) {
            case 0 -> Arrays.copyOf(bytes, Math.max(1, a));
            case 1 -> joined(bytes, 0, a, new byte[0], b); // a part is cut out
            case 2 -> joined(bytes, 0, b, new byte[0], a); // a part is doubled
            case 3 -> joined(bytes, 0, a, new byte[] {(byte) random.nextInt(256)}, a);
            case 4 -> swapped(bytes, random);
            case 5 -> joined(bytes, 0, a, repeated(random), a);
            default -> {
                var piece = PIECES.get(random.nextInt(PIECES.size()));
                yield joined(bytes, 0, a, piece.getBytes(StandardCharsets.UTF_8), a);
            }
        };
    }

    private static byte[] repeated(Random random) {
        var piece = PIECES.get(random.nextInt(PIECES.size()));
        return piece.repeat(1 + random.nextInt(random.nextInt(50) == 0 ? 20_000 : 20))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] swapped(byte[] bytes, Random random) {
        var copy = bytes.clone();
        int a = random.nextInt(copy.length);
        int b = random.nextInt(copy.length);
        copy[a] = bytes[b];
        copy[b] = bytes[a];
        return copy;
    }

    private byte[] joined(byte[] bytes, int from, int to, byte[] middle, int rest) {
        out.reset();
        out.write(bytes, from, to - from);
        out.writeBytes(middle);
        out.write(bytes, rest, bytes.length - rest);
        return out.toByteArray();
    }
}
