// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.skein.engine.SkeinException;
import dev.skein.engine.catalog.CatalogReader;
import dev.skein.engine.execute.order.Brake;
import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.order.MigrationOrder;
import dev.skein.engine.execute.order.Outcome;
import dev.skein.engine.execute.order.Progress;
import dev.skein.engine.execute.order.Scope;
import dev.skein.engine.journal.Author;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.script.Script;
import dev.skein.engine.script.ScriptParser;
import dev.skein.engine.script.Scripts;
import dev.skein.engine.testing.Damage;
import dev.skein.engine.testing.MigrationSetting;
import dev.skein.engine.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Broken revision files that can be read run on a database: each leaves what the server makes of
 * its text in one transaction, or what was there before.
 */
class BrokenRevisionsTest {
    private static final long SEED = Long.getLong("skein.test.seed", 20261128L);
    private static final int RUNS = 120;
    private static final Duration BOUND = Duration.ofMinutes(2);
    private static final String FIRST =
            """
            --@ revision: a
            --@ upgrade
            CREATE TABLE users (id int PRIMARY KEY, name text NOT NULL, age int);
            INSERT INTO users SELECT g, 'user ' || g, g % 7 FROM generate_series(1, 20) g;
            """;
    private static final List<String> WHOLE =
            List.of(
                    """
                    --@ revision: b
                    --@ revises: a
                    --@ message: people's cities
                    --@ upgrade
                    CREATE TABLE cities (id int PRIMARY KEY, name text); /* and */
                    INSERT INTO cities VALUES (1, 'Köln'), (2, $$Rome; old$$);
                    ALTER TABLE users ADD COLUMN city int DEFAULT 1 REFERENCES cities (id);
                    UPDATE users SET city = 2, name = E'it\\'s ' || name WHERE age > 3 -- it's
                    ;
                    CREATE FUNCTION grown(u users) RETURNS boolean LANGUAGE sql IMMUTABLE
                        BEGIN ATOMIC SELECT u.age > 5; END;
                    DO $do$ BEGIN EXECUTE 'CREATE VIEW adults AS SELECT * FROM users'; END $do$
                    --@ verify
                    SELECT count(*) = 2 FROM cities;
                    --@ downgrade
                    DROP VIEW adults;
                    DROP FUNCTION grown;
                    ALTER TABLE users DROP COLUMN city;
                    DROP TABLE cities;
                    """,
                    """
                    --@ revision: b
                    --@ revises: a
                    --@ statement-timeout: 5s
                    --@ precheck
                    SELECT count(*) > 3 FROM users;
                    --@ upgrade
                    ALTER TABLE users ALTER COLUMN age TYPE text USING 'x' || age;
                    COPY users (id, name, age) FROM stdin;
                    101\tcaf\\303\\251\t\\N
                    102\tb\\tb\tx9
                    \\.
                    CREATE UNIQUE INDEX "I x" ON users (id, name) WHERE age <> 'x;1';
                    DELETE FROM users WHERE id = 3;
                    --@ downgrade
                    DROP INDEX "I x";
                    """,
                    """
                    --@ revision: b
                    --@ revises: a
                    --@ transaction: none
                    --@ upgrade
                    CREATE INDEX CONCURRENTLY users_age ON users (age);
                    CREATE UNIQUE INDEX CONCURRENTLY "Names" ON users (name) WHERE id > 0;
                    ANALYZE users;
                    CREATE UNIQUE INDEX CONCURRENTLY ages ON users (age) WHERE age < 4;
                    --@ downgrade
                    DROP INDEX CONCURRENTLY "Names";
                    DROP INDEX CONCURRENTLY users_age;
                    """);

    @RegisterExtension final TestDatabase database = new TestDatabase();

    private @Nullable PgSession watcher;
    private @Nullable State standing;

    /** All that a revision can change, and the journal. */
    private record State(String schema, String rows, List<String> heads, List<String> kinds) {}

    @Test
    void eachIsAppliedAsAWholeOrLeavesEverythingAsItWas() {
        int applied = 0;
        try (var session = database.open()) {
            watcher = session; // one, since each would read the catalog's own tables first
            applied = applied();
        }
        assertThat(applied).as("those that are applied all the same").isBetween(10, RUNS - 10);
    }

    private int applied() {
        int run = 0;
        int applied = 0;
        begin();
        for (int number = 0; run < RUNS; number++) {
            var random = new Random(SEED * 1_000_003 + number);
            var whole = WHOLE.get(random.nextInt(WHOLE.size()));
            var bytes = Damage.of(whole.getBytes(StandardCharsets.UTF_8), random);
            var text = new String(bytes, StandardCharsets.UTF_8);
            var scripts = loaded(text);
            if (scripts.isPresent()) {
                applied += isApplied(number, text, scripts.get()) ? 1 : 0;
                run++;
            }
        }
        return applied;
    }

    private static Optional<Scripts> loaded(String text) {
        try {
            var script = ScriptParser.parse("b.sql", text);
            return script.revision().revises().equals(List.of("a"))
                    ? Optional.of(Scripts.of(List.of(ScriptParser.parse("a.sql", FIRST), script)))
                    : Optional.empty();
        } catch (SkeinException e) {
            return Optional.empty();
        }
    }

    private void begin() {
        database.run(
                "DROP SCHEMA IF EXISTS skein CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA"
                        + " public");
        var first = Scripts.of(List.of(ScriptParser.parse("a.sql", FIRST)));
        assertThat(up(first)).isInstanceOf(Outcome.Done.class);
        standing = null;
    }

    private Outcome up(Scripts scripts) {
        var author = new Author("tester", null, null);
        var goal = new Goal.Upgrade("heads");
        var order =
                new MigrationOrder(
                        database.address(),
                        Scope.DATABASE,
                        scripts,
                        goal,
                        author,
                        MigrationSetting.LIMITS);
        return new Migrator(database.client(), Clock.systemUTC())
                .run(order, Brake.OFF, Progress.NONE);
    }

    private boolean isApplied(int number, String text, Scripts scripts) {
        var script =
                scripts.all().stream().filter(s -> !s.id().equals("a")).findFirst().orElseThrow();
        try {
            var before = standing == null ? state() : standing;
            var expected = byTheServer(text, script);
            var outcome = up(scripts);
            judge(script, before, expected, outcome);
            if (outcome instanceof Outcome.Done || !script.transactional()) {
                begin();
            }
            return outcome instanceof Outcome.Done;
        } catch (AssertionError | RuntimeException e) {
            return fail("file %d of seed %d:\n%s".formatted(number, SEED, text), e);
        }
    }

    private void judge(Script script, State before, String expected, Outcome outcome) {
        var after = state();
        standing = after;
        switch (outcome) {
            case Outcome.Done done -> {
                assertThat(done.heads()).containsExactly(script.id());
                assertThat(after.heads()).containsExactly(script.id());
                assertThat(expected).isIn("", after.schema() + after.rows());
            }
            case Outcome.Failed failed -> {
                assertThat(after.heads()).containsExactly("a").isEqualTo(failed.heads());
                var kinds = after.kinds();
                assertThat(kinds.subList(0, before.kinds().size())).isEqualTo(before.kinds());
                assertThat(kinds).endsWith("failed");
                assertThat(failed.error().getMessage()).doesNotContain("Exception", "java.");
                var state = failed.error().sqlState();
                var ours = state.startsWith("SK") || !script.verify().isEmpty();
                assertThat(expected)
                        .satisfiesAnyOf(
                                what -> assertThat(what).isIn("", state),
                                what -> assertThat(ours).as(state).isTrue());
                if (script.transactional()) {
                    assertThat(kinds).hasSize(before.kinds().size() + 1);
                    assertThat(after.schema() + after.rows())
                            .isEqualTo(before.schema() + before.rows());
                } else {
                    assertThat(database.value("SELECT count(*) FROM pg_index WHERE NOT indisvalid"))
                            .isEqualTo("0");
                }
            }
            case Outcome.Refused refused -> {
                assertThat(refused.reason().found()).isNotBlank();
                assertThat(after).isEqualTo(before);
            }
            default -> throw new AssertionError(outcome.toString());
        }
    }

    private State state() {
        var session = Objects.requireNonNull(watcher);
        var journal = new Journal(session, "");
        return new State(
                CatalogReader.fingerprint(session).sha256(),
                rows(session),
                journal.read().orElseThrow().heads(),
                journal.envelopes().stream().map(e -> e.kind().wire()).toList());
    }

    private static String rows(PgSession session) {
        var all = new StringBuilder();
        var tables =
                "SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r' AND relnamespace ="
                        + " 'public'::regnamespace ORDER BY 1";
        for (var table : session.script(tables, BOUND)) {
            var of =
                    "SELECT md5(coalesce(string_agg(x::text, '|' ORDER BY x::text), '')) FROM %s x"
                            .formatted(table.getString(0));
            all.append(' ').append(session.script(of, BOUND).iterator().next().getString(0));
        }
        return all.toString();
    }

    /**
     * What the upgrade's text does that the server cuts itself: the state it leaves, or the code of
     * its error; nothing where it is not the server's alone to say.
     */
    private String byTheServer(String text, Script script) {
        if (!script.transactional() || text.contains("\\.") || text.contains("\\restrict")) {
            return "";
        }
        var lines = text.replace("\r\n", "\n").split("\n", -1);
        int from = script.upgrade().line();
        int to =
                Stream.of(
                                script.precheck(),
                                script.verify(),
                                script.verifyAfter(),
                                script.downgrade())
                        .mapToInt(section -> section.line() - 1)
                        .filter(line -> line >= from)
                        .min()
                        .orElse(lines.length);
        var session = Objects.requireNonNull(watcher);
        session.script("BEGIN", BOUND);
        try {
            session.script(
                    "SELECT 1;" + String.join("\n", List.of(lines).subList(from, to)), BOUND);
            return CatalogReader.fingerprintInside(session).sha256() + rows(session);
        } catch (PgServerError e) {
            return e.sqlState();
        } finally {
            session.script("ROLLBACK", BOUND);
        }
    }
}
