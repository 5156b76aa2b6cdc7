// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogDifference;
import dev.skein.engine.catalog.CatalogReader;
import dev.skein.engine.ddl.text.DdlStatement;
import dev.skein.engine.nontransactional.NonTransactionalForms;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.scratch.ScratchDatabase;
import dev.skein.engine.scratch.ScratchServer;
import dev.skein.engine.testing.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each pair, there and back, in the gentle form: the server says whether it arrived. */
@Execution(ExecutionMode.CONCURRENT)
class DdlTest {
    private static final Duration BOUND = Duration.ofMinutes(2);
    private static PgClient client = PgClient.create();
    private static ScratchServer server = ScratchServer.startTrusted(client, programs());

    private static dev.skein.engine.server.PostgresPrograms programs() {
        return TestServer.get().programs();
    }

    @BeforeAll
    static void start() {
        assertThat(server.major()).isPositive();
    }

    @AfterAll
    static void stop() {
        server.close();
        client.close();
    }

    /**
     * What is not tried on this version is on another one; -Dskein.test.pairs=all tries all, and
     * any other expression those in whose name it is found.
     */
    static Stream<Pair> pairs() {
        var which = System.getProperty("skein.test.pairs", "0");
        return switch (which) {
            case "all" -> Pair.all().stream();
            case "0", "1", "2" -> Pair.ofRun(Integer.parseInt(which)).stream();
            default -> {
                var found = java.util.regex.Pattern.compile(which).asPredicate();
                yield Pair.all().stream().filter(pair -> found.test(pair.name()));
            }
        };
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pairs")
    void arrivesAndComesBack(Pair pair) {
        try (var database = server.database()) {
            run(database, pair.before());
            var old = read(database);
            try (var copy = database.copy();
                    var one = new Ground(database);
                    var other = new Ground(copy)) {
                run(copy, pair.change());
                var now = other.read();
                assertThat(now.fingerprint()).isNotEqualTo(old.fingerprint());
                lead(one, old, now, true);
                lead(other, now, old, true); // from what a person made, not from what was led there
                lead(one, now, old, false);
                lead(other, old, now, false);
                lead(other, now, old, false);
                revisionByRevision(other, old, now);
            }
        }
    }

    /** A database with one session that reads it: each new one plans all questions anew. */
    private record Ground(ScratchDatabase database, PgSession reader) implements AutoCloseable {
        Ground(ScratchDatabase database) {
            this(database, database.open());
        }

        Catalog read() {
            return CatalogReader.readWithNeeds(reader);
        }

        @Override
        public void close() {
            reader.close();
        }
    }

    @Test
    void rowsAreNeitherCutNorNumberedTwice() {
        try (var database = server.database();
                var desired = server.database()) {
            run(database, "CREATE TABLE t (a int NOT NULL, \"B c\" int NOT NULL, s varchar(9))");
            run(
                    desired,
                    "CREATE TABLE t (a int GENERATED ALWAYS AS IDENTITY, \"B c\" int GENERATED"
                            + " BY DEFAULT AS IDENTITY, s varchar(3))");
            run(database, "INSERT INTO t VALUES (5, 7, 'long')");
            var statements = Ddl.between(read(database), read(desired), true);
            var sql = String.join(";\n", statements.stream().map(DdlStatement::sql).toList());
            assertThatThrownBy(() -> run(database, sql)).hasMessageContaining("too long");
            run(database, "UPDATE t SET s = 'abc'");
            run(database, sql);
            run(database, "INSERT INTO t (s) VALUES ('x')");
            try (var session = database.open()) {
                var row = session.query("SELECT max(a), max(\"B c\") FROM t").iterator().next();
                assertThat(row.getInteger(0)).isEqualTo(6);
                assertThat(row.getInteger(1)).isEqualTo(8);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "citext | ALTER TABLE t ALTER a TYPE citext",
                "btree_gist | ALTER TABLE t ADD CONSTRAINT x EXCLUDE USING gist (n WITH =)",
                "btree_gin | CREATE INDEX t_n ON t USING gin (n)",
                "pg_trgm | CREATE INDEX t_a ON t USING gin (a gin_trgm_ops)",
                "pgcrypto | ALTER TABLE t ADD x text DEFAULT encode(gen_random_bytes(4), 'hex')",
                "citext | CREATE VIEW v AS SELECT a::citext FROM t",
            })
    void whatUsesAnExtensionComesAfterItAndGoesBeforeIt(String name, String use) {
        try (var database = server.database()) {
            try (var session = database.open()) {
                var known = session.query("SELECT name::text FROM pg_available_extensions");
                assumeTrue(
                        StreamSupport.stream(known.spliterator(), false)
                                .anyMatch(row -> row.getString(0).equals(name)),
                        "this server was packaged without contrib modules");
            }
            run(database, "CREATE TABLE t (a text, n int)");
            var old = read(database);
            try (var copy = database.copy()) {
                run(copy, "CREATE EXTENSION " + name + "; " + use);
                var now = read(copy);
                try (var ground = new Ground(database)) {
                    lead(ground, old, now, true);
                    lead(ground, now, old, true);
                }
            }
        }
    }

    @Test
    void aNameCannotEndAComment() {
        assertThat(DdlStatement.of("x").losing("a\nDELETE FROM t;").loss()).doesNotContain("\n");
    }

    private static void lead(Ground ground, Catalog from, Catalog to, boolean gently) {
        var statements = Ddl.between(from, to, gently);
        assertThat(statements).noneMatch(statement -> dropsWhatStays(statement, from, to));
        ChangePart.of(statements).forEach(part -> run(ground.database(), part));
        isThere(ground, to, statements);
    }

    /** What takes several revisions comes back by one after the other, too. */
    private static void revisionByRevision(Ground ground, Catalog from, Catalog to) {
        var parts = ChangePart.of(Ddl.between(from, to, true));
        if (parts.size() == 1) {
            return; // goes back as the whole does
        }
        var left = new ArrayList<Catalog>(List.of(from));
        for (var part : parts) {
            run(ground.database(), part);
            left.add(ground.read());
        }
        for (int i = parts.size(); i > 0; i--) {
            var gently = !parts.get(i - 1).transactional();
            lead(ground, left.get(i), left.get(i - 1), gently);
        }
    }

    private static void run(ScratchDatabase database, ChangePart part) {
        var sql = part.statements().stream().map(DdlStatement::sql).toList();
        if (part.transactional()) {
            run(database, "SET LOCAL check_function_bodies = off;" + String.join(";\n", sql));
        } else {
            sql.forEach(one -> alone(database, one));
        }
    }

    private static void isThere(Ground ground, Catalog to, List<DdlStatement> statements) {
        assertThat(CatalogDifference.between(ground.read(), to))
                .as(String.join(";\n", statements.stream().map(DdlStatement::sql).toList()))
                .isEmpty();
    }

    /**
     * Whether rows or values go although their table or column is there before and after; there is
     * no other way only for a column that becomes a generated one.
     */
    private static boolean dropsWhatStays(DdlStatement statement, Catalog from, Catalog to) {
        var loss = statement.loss() == null ? "" : statement.loss();
        return loss.startsWith("every ")
                && from.items().keySet().stream()
                        .filter(id -> loss.endsWith(" of " + id.fullName()))
                        .map(to::get)
                        .anyMatch(item -> item != null && !item.has("generated"));
    }

    private static void run(ScratchDatabase database, String sql) {
        if (!sql.isEmpty()) {
            database.run(sql, BOUND);
        }
    }

    private static void alone(ScratchDatabase database, String sql) {
        try (var session = database.open()) {
            NonTransactionalForms.run(session, sql, BOUND);
        }
    }

    private static Catalog read(ScratchDatabase database) {
        try (var session = database.open()) {
            return CatalogReader.readWithNeeds(session);
        }
    }
}
