// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogQuery;
import dev.skein.engine.catalog.CatalogReader;
import dev.skein.engine.catalog.Fingerprint;
import dev.skein.engine.ddl.text.DdlStatement;
import dev.skein.engine.nontransactional.NonTransactionalForms;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.scratch.ScratchDatabase;
import dev.skein.engine.scratch.ScratchServer;
import dev.skein.engine.testing.TestServer;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is generated for a table leads there on databases whose partitions are others, and back. */
@Execution(ExecutionMode.CONCURRENT)
class OtherPartitionsTest {
    private static final Duration BOUND = Duration.ofMinutes(2);
    private static final String TABLE =
            """
            CREATE TABLE other (id int PRIMARY KEY);
            CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
            CREATE TABLE m (k int NOT NULL, v int, t varchar(9) NOT NULL) PARTITION BY LIST (k);
            CREATE INDEX m_t ON m (t);
            ALTER TABLE m ADD CONSTRAINT m_u UNIQUE (k, t);
            ALTER TABLE m ADD CONSTRAINT m_c CHECK (v > 0);
            CREATE TRIGGER g BEFORE INSERT ON m FOR EACH ROW EXECUTE FUNCTION f();
            """;
    private static final String KNOWN =
            """
            CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1);
            CREATE TABLE m2 PARTITION OF m FOR VALUES IN (2) PARTITION BY HASH (k);
            CREATE TABLE m21 PARTITION OF m2 FOR VALUES WITH (MODULUS 1, REMAINDER 0);
            """;
    private static final String OTHERS =
            """
            CREATE TABLE mine PARTITION OF m FOR VALUES IN (1) PARTITION BY HASH (k);
            CREATE TABLE mine1 PARTITION OF mine FOR VALUES WITH (MODULUS 1, REMAINDER 0);
            CREATE TABLE liked (LIKE m INCLUDING ALL);
            ALTER TABLE m ATTACH PARTITION liked FOR VALUES IN (3);
            CREATE TABLE rest PARTITION OF m DEFAULT;
            """;

    private static PgClient client = PgClient.create();
    private static ScratchServer server =
            ScratchServer.startTrusted(client, TestServer.get().programs());

    @AfterAll
    static void stop() {
        server.close();
        client.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE INDEX i ON m (v)",
                "CREATE UNIQUE INDEX i ON m (k, v DESC) WHERE v > 1",
                "DROP INDEX m_t; CREATE INDEX m_t ON m (t DESC, v)",
                "DROP INDEX m_t; CREATE INDEX x ON m (t)",
                "DROP INDEX m_t",
                "ALTER TABLE m ALTER v SET NOT NULL",
                "ALTER TABLE m ALTER v SET DEFAULT 5",
                "ALTER TABLE m ADD CONSTRAINT c CHECK (v < 9)",
                "ALTER TABLE m DROP CONSTRAINT m_c, ADD CONSTRAINT m_c CHECK (v > 1)",
                "ALTER TABLE m DROP CONSTRAINT m_c",
                "ALTER TABLE m ADD PRIMARY KEY (k)",
                "ALTER TABLE m ADD CONSTRAINT u UNIQUE (k, v)",
                "ALTER TABLE m DROP CONSTRAINT m_u, ADD CONSTRAINT m_u UNIQUE (k, v)",
                "ALTER TABLE m DROP CONSTRAINT m_u; CREATE UNIQUE INDEX m_u ON m (k, t)",
                "ALTER TABLE m DROP CONSTRAINT m_u; ALTER TABLE m ADD PRIMARY KEY (k, t)",
                "ALTER TABLE m ADD CONSTRAINT fk FOREIGN KEY (v) REFERENCES other",
                "CREATE TABLE c (k int, t varchar(9), FOREIGN KEY (k, t) REFERENCES m (k, t))",
                "ALTER TABLE m REPLICA IDENTITY FULL",
                "ALTER TABLE m REPLICA IDENTITY USING INDEX m_u",
                "DROP TRIGGER g ON m",
                "ALTER TABLE m DISABLE TRIGGER g",
                "CREATE TRIGGER h AFTER UPDATE ON m FOR EACH ROW EXECUTE FUNCTION f()",
                "CREATE CONSTRAINT TRIGGER h AFTER UPDATE ON m DEFERRABLE FOR EACH ROW"
                        + " EXECUTE FUNCTION f()",
                "ALTER TABLE m ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON m USING (v > 0)",
                "CREATE STATISTICS s ON k, v FROM m",
                "GRANT SELECT ON m TO PUBLIC; GRANT UPDATE (v) ON m TO PUBLIC",
                "COMMENT ON TABLE m IS 'x'; COMMENT ON COLUMN m.v IS 'x'",
                "ALTER TABLE m ALTER v TYPE bigint",
                "ALTER TABLE m ALTER t TYPE varchar(5)",
                "ALTER TABLE m ALTER t SET STORAGE EXTERNAL, ALTER v SET STATISTICS 50",
                "ALTER TABLE m ADD w text DEFAULT 'x' NOT NULL, DROP v",
                "ALTER TABLE m ADD w int GENERATED ALWAYS AS (v + 1) STORED",
                "CREATE VIEW vw AS SELECT k FROM m",
                "CREATE PUBLICATION p FOR TABLE m",
                "DROP TABLE m",
                "DROP TABLE m; CREATE TABLE m (k int) PARTITION BY HASH (k)",
            })
    void aTablesChangeHoldsForWhateverPartitionsADatabaseHas(String change) {
        try (var database = server.database();
                var tenant = server.database()) {
            run(database, TABLE + KNOWN);
            run(tenant, TABLE + OTHERS);
            var old = read(database);
            run(database, change);
            var now = read(database);
            var before = print(tenant);
            try (var wanted = tenant.copy()) {
                run(wanted, change);
                lead(tenant, old, now);
                assertThat(print(tenant)).as(sql(old, now)).isEqualTo(print(wanted));
            }
            if (!change.startsWith("DROP TABLE")) {
                lead(tenant, now, old);
                assertThat(print(tenant)).as(sql(now, old)).isEqualTo(before);
            }
        }
    }

    private static String sql(Catalog from, Catalog to) {
        return String.join(
                ";\n", Ddl.between(from, to, true).stream().map(DdlStatement::sql).toList());
    }

    private static void lead(ScratchDatabase database, Catalog from, Catalog to) {
        var sql = sql(from, to);
        assertThat(sql).doesNotContain("m1").doesNotContain("m2");
        for (var part : ChangePart.of(Ddl.between(from, to, true))) {
            for (var statement : part.statements()) {
                if (part.transactional()) {
                    run(database, statement.sql());
                    continue;
                }
                try (var session = database.open()) {
                    NonTransactionalForms.run(session, statement.sql(), BOUND);
                }
            }
        }
    }

    private static void run(ScratchDatabase database, String sql) {
        database.run(sql, BOUND);
    }

    private static Catalog read(ScratchDatabase database) {
        try (var session = database.open()) {
            return CatalogReader.readWithNeeds(session);
        }
    }

    private static Fingerprint print(ScratchDatabase database) {
        try (var session = database.open()) {
            return CatalogReader.fingerprint(session, CatalogQuery.of("", session.major()));
        }
    }
}
