// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What partitions that were made as their table's likeness count for. */
class PartitionsTest {
    private static final String PARTITIONED =
            """
            CREATE TABLE m (gone int, k int NOT NULL, v int DEFAULT 1 CHECK (v > 0), t text,
                g int GENERATED ALWAYS AS (v + 1) STORED) PARTITION BY LIST (k);
            ALTER TABLE m DROP COLUMN gone;
            ALTER TABLE m ADD PRIMARY KEY (k);
            CREATE INDEX m_v ON m (v DESC, lower(t));
            CREATE STATISTICS m_s ON k, v, lower(t) FROM m;
            CREATE STATISTICS m_d (dependencies) ON k, v FROM m;
            COMMENT ON TABLE m IS 'all';
            COMMENT ON COLUMN m.v IS 'value';
            COMMENT ON INDEX m_v IS 'for values';
            COMMENT ON STATISTICS m_s IS 'for rows';
            COMMENT ON CONSTRAINT m_v_check ON m IS 'more';
            """;
    private static final String ATTACH = "ALTER TABLE m ATTACH PARTITION m1 FOR VALUES IN (1);";

    @RegisterExtension final TestDatabase database = new TestDatabase();

    private Fingerprint fingerprint() {
        try (var session = database.open()) {
            return CatalogReader.fingerprint(session);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE m1 (LIKE m INCLUDING ALL);" + ATTACH,
                "CREATE TABLE m1 (LIKE m INCLUDING ALL); ALTER TABLE m ATTACH PARTITION m1 DEFAULT",
                "CREATE TABLE m1 (LIKE m INCLUDING ALL EXCLUDING INDEXES);" + ATTACH,
                "CREATE TABLE m1 (LIKE m INCLUDING ALL EXCLUDING COMMENTS);" + ATTACH,
                "CREATE TABLE m1 (LIKE m INCLUDING ALL EXCLUDING STATISTICS);" + ATTACH,
                "CREATE TABLE m1 (LIKE m INCLUDING ALL EXCLUDING IDENTITY);" + ATTACH,
                "CREATE TABLE m1 (t text, v int DEFAULT 1, k int NOT NULL, g int GENERATED ALWAYS"
                        + " AS (v + 1) STORED, CONSTRAINT m_v_check CHECK (v > 0));"
                        + "CREATE STATISTICS other ON lower(t), v, k FROM m1;"
                        + "COMMENT ON TABLE m1 IS 'all'; COMMENT ON COLUMN m1.v IS 'value';"
                        + ATTACH,
                "CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1) PARTITION BY HASH (k);"
                        + "CREATE TABLE m2 (LIKE m INCLUDING ALL); ALTER TABLE m1"
                        + " ATTACH PARTITION m2 FOR VALUES WITH (MODULUS 1, REMAINDER 0)",
            })
    void whatIsAsItsTableHasItIsNoPartitionsOwn(String change) {
        database.run(PARTITIONED);
        var before = fingerprint();
        database.run(change);
        assertThat(fingerprint()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE STATISTICS o ON v, t FROM m1",
                "CREATE STATISTICS o (mcv) ON k, v FROM m1",
                "CREATE STATISTICS o ON k, v, upper(t) FROM m1",
                "ALTER STATISTICS m1_k_v_lower_stat SET STATISTICS 5",
                "COMMENT ON STATISTICS m1_k_v_lower_stat IS 'x'",
                "COMMENT ON TABLE m1 IS 'one'",
                "COMMENT ON COLUMN m1.v IS 'one'",
                "COMMENT ON COLUMN m1.k IS 'value'",
            })
    void whatIsNotAsItsTableHasItIs(String change) {
        database.run(PARTITIONED + "CREATE TABLE m1 (LIKE m INCLUDING ALL);" + ATTACH);
        var before = fingerprint();
        database.run(change.replace("m1_k_v_lower_stat", statistics()));
        assertThat(fingerprint()).isNotEqualTo(before);
    }

    private String statistics() {
        return database.value(
                "SELECT stxname FROM pg_statistic_ext WHERE stxrelid = 'm1'::regclass"
                        + " ORDER BY cardinality(stxkind) DESC LIMIT 1");
    }

    @Test
    void aPrintOfAnOlderVersionCountsCopiesAsThatDid() {
        database.run(PARTITIONED);
        try (var session = database.open()) {
            var query = CatalogQuery.of("", session.major());
            var before = CatalogReader.fingerprint(session, query, 5);
            database.run("CREATE TABLE m1 (LIKE m INCLUDING ALL);" + ATTACH);
            assertThat(CatalogReader.fingerprint(session, query, 5)).isNotEqualTo(before);
            assertThat(before.isReadableOn(session.major())).isTrue();
        }
    }

    @Test
    void whatAPartitionHasOfItsOwnIsNamedWithItsTable() {
        database.run(
                """
                CREATE SCHEMA "S s";
                CREATE TABLE "S s".m (k int, v int, "U u" int) PARTITION BY LIST (k);
                CREATE TABLE m1 PARTITION OF "S s".m FOR VALUES IN (1);
                CREATE TABLE plain (v int CONSTRAINT "of its own" CHECK (v > 0));
                CREATE INDEX "U USING x" ON "S s".m ("U u");
                """);
        var before = main();
        database.run(
                """
                CREATE INDEX ON m1 (v); CREATE UNIQUE INDEX ON m1 ("U u");
                ALTER TABLE m1 ADD CHECK (v > 0), ALTER v SET DEFAULT 1, SET (fillfactor = 50);
                CREATE POLICY p ON m1 USING (v > 1);
                """);
        assertThat(CatalogDifference.between(before, main()))
                .extracting(d -> d.id().toString())
                .allMatch(name -> name.contains(" of a partition of \"S s\".m"))
                .anyMatch(name -> name.startsWith("index USING btree (v) of"))
                .anyMatch(name -> name.startsWith("index UNIQUE USING btree (\"U u\") of"))
                .anyMatch(name -> name.startsWith("constraint CHECK ((v > 0)) of"))
                .anyMatch(name -> name.startsWith("inherited column v"))
                .anyMatch(name -> name.startsWith("setting fillfactor=50 of"))
                .anyMatch(name -> name.startsWith("policy p "));
        assertThat(main().items().keySet())
                .extracting(ItemId::toString)
                .contains("constraint public.plain.\"of its own\"", "index \"S s\".\"U USING x\"");
    }

    private Catalog main() {
        try (var session = database.open()) {
            return CatalogReader.read(session, CatalogQuery.of("", session.major()));
        }
    }
}
