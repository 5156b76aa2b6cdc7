// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.postgres.SqlLiterals;
import dev.skein.engine.testing.TestDatabase;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogReaderTest {
    private static final String SCHEMA =
            "CREATE TABLE t (id int PRIMARY KEY, a text DEFAULT 'x', d date DEFAULT '2026-02-01');"
                    + "CREATE INDEX t_a ON t (a);"
                    + "CREATE VIEW v AS SELECT id, a FROM t;"
                    + "CREATE FUNCTION f(x int) RETURNS int LANGUAGE sql AS 'SELECT x';"
                    + "CREATE TYPE mood AS ENUM ('sad', 'ok');";

    @RegisterExtension final TestDatabase database = new TestDatabase();

    private String stamp() {
        try (var session = database.open()) {
            return CatalogReader.stamp(session);
        }
    }

    private Fingerprint fingerprint() {
        try (var session = database.open()) {
            return CatalogReader.fingerprint(session);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE t ADD COLUMN b int",
                "ALTER TABLE t ALTER a SET NOT NULL",
                "ALTER TABLE t ALTER a DROP DEFAULT",
                "ALTER TABLE t RENAME a TO c",
                "ALTER TABLE t ADD CHECK (id > 0)",
                "ALTER TABLE t ADD CONSTRAINT c CHECK (id > 0) NOT VALID",
                "ALTER TABLE t SET (fillfactor = 50)",
                "ALTER TABLE t ENABLE ROW LEVEL SECURITY",
                "CREATE POLICY p ON t USING (id > 0)",
                "CREATE INDEX other ON t (a)",
                "CREATE OR REPLACE VIEW v AS SELECT id, a FROM t WHERE id > 1",
                "CREATE OR REPLACE FUNCTION f(x int) RETURNS int LANGUAGE sql AS 'SELECT x + 1'",
                "ALTER TYPE mood ADD VALUE 'happy'",
                "CREATE SCHEMA s",
                "CREATE SEQUENCE q",
                "CREATE DOMAIN dom AS int CHECK (VALUE > 0)",
                "CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION"
                        + " suppress_redundant_updates_trigger()",
                "COMMENT ON TABLE t IS 'x'",
                "COMMENT ON SCHEMA public IS 'x'",
                "ALTER TABLE t SET (toast.autovacuum_enabled = false)",
                "GRANT SELECT ON t TO PUBLIC",
                "CREATE OPERATOR === (FUNCTION = int4eq, LEFTARG = int, RIGHTARG = int)",
                "CREATE CAST (mood AS int) WITH INOUT",
                "CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple)",
                "CREATE TEXT SEARCH CONFIGURATION c (COPY = english)",
                "CREATE CONVERSION c FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1",
                "CREATE COLLATION c (provider = icu, locale = 'de')",
            })
    void everyChangeShows(String change) {
        database.run(SCHEMA);
        var before = fingerprint();
        var stamp = stamp();
        assertThat(stamp()).isEqualTo(stamp);
        database.run(change);
        assertThat(fingerprint()).isNotEqualTo(before);
        assertThat(stamp()).isNotEqualTo(stamp);
    }

    @Test
    void aKeyThatIsNotHeldShowsInBothItsTablesAndIsToldByItsName() {
        database.run(
                "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE u (id int CONSTRAINT k"
                        + " REFERENCES p) PARTITION BY LIST (id); CREATE TABLE u1 PARTITION OF u"
                        + " FOR VALUES IN (1)");
        var before = fingerprint();
        for (var table : List.of("p", "u", "u1")) {
            database.run("ALTER TABLE " + table + " DISABLE TRIGGER ALL");
            assertThat(fingerprint()).as(table).isNotEqualTo(before);
            database.run("ALTER TABLE " + table + " ENABLE TRIGGER ALL");
            assertThat(fingerprint()).isEqualTo(before);
        }
        database.run("ALTER TABLE p DISABLE TRIGGER ALL");
        try (var session = database.open()) {
            var items = CatalogReader.read(session).items();
            var id = new ItemId(ObjectKind.CONSTRAINT_TRIGGER, "public.p", "k of public.u");
            assertThat(items).containsKey(id);
        }
    }

    private static final String PARTITIONED =
            "CREATE TABLE m (k int, v int DEFAULT 1) PARTITION BY LIST (k);"
                    + "CREATE INDEX m_v ON m (v); GRANT SELECT ON m TO PUBLIC;"
                    + "ALTER TABLE m ALTER k SET STATISTICS 60, ALTER k SET (n_distinct = 9);"
                    + "CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1);";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE m1 ALTER v SET NOT NULL",
                "ALTER TABLE m1 ALTER v SET DEFAULT 7",
                "ALTER TABLE m1 ALTER v DROP DEFAULT",
                "ALTER TABLE m1 ALTER v SET STATISTICS 50",
                "ALTER TABLE m1 ADD CHECK (v > 0)",
                "ALTER TABLE m1 ADD UNIQUE (v)",
                "ALTER TABLE m1 SET (fillfactor = 50)",
                "ALTER TABLE m1 ENABLE ROW LEVEL SECURITY",
                "ALTER TABLE m1 REPLICA IDENTITY FULL",
                "CREATE POLICY p ON m1 USING (v > 0)",
                "CREATE INDEX own_i ON m1 (k)",
                "CREATE TRIGGER g BEFORE UPDATE ON m1 FOR EACH ROW EXECUTE FUNCTION"
                        + " suppress_redundant_updates_trigger()",
                "COMMENT ON TABLE m1 IS 'x'",
                "COMMENT ON COLUMN m1.v IS 'x'",
                "GRANT UPDATE ON m1 TO PUBLIC",
            })
    void whatAPartitionHasOfItsOwnShows(String change) {
        database.run(PARTITIONED);
        var before = fingerprint();
        database.run(change);
        assertThat(fingerprint()).isNotEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE m2 PARTITION OF m FOR VALUES IN (2)",
                "CREATE TABLE m2 (k int, v int DEFAULT 1); CREATE INDEX i2 ON m2 (v);"
                        + " ALTER TABLE m ATTACH PARTITION m2 DEFAULT",
                "CREATE TABLE m2 PARTITION OF m FOR VALUES IN (2) PARTITION BY HASH (v); CREATE"
                        + " TABLE m3 PARTITION OF m2 FOR VALUES WITH (MODULUS 1, REMAINDER 0)",
                "DROP TABLE m1",
                "ALTER TABLE m DETACH PARTITION m1; DROP TABLE m1",
                "GRANT SELECT ON m1 TO PUBLIC",
            })
    void partitionsThatHaveAllFromTheirTableComeAndGo(String change) {
        database.run(PARTITIONED);
        var before = fingerprint();
        database.run(change);
        assertThat(fingerprint()).isEqualTo(before);
    }

    private static final String OWN =
            """
            ALTER TABLE %1$s ALTER v SET NOT NULL, ADD CONSTRAINT %1$s_k CHECK (k > 0),
                ADD CONSTRAINT "%1$s key" PRIMARY KEY (v), SET (fillfactor = 50);
            CREATE UNIQUE INDEX "%1$s USING" ON %1$s USING btree (k) WHERE v > 0;
            CREATE STATISTICS %1$s_s ON k, v FROM %1$s;
            CREATE TRIGGER g BEFORE UPDATE ON %1$s FOR EACH ROW
                EXECUTE FUNCTION suppress_redundant_updates_trigger();
            CREATE POLICY p ON %1$s USING (v > 0);
            CREATE RULE r AS ON DELETE TO %1$s DO ALSO NOTHING;
            GRANT UPDATE ON %1$s TO PUBLIC;
            COMMENT ON TABLE %1$s IS 'x';
            """;

    @Test
    void whatOthersOfItsTableHaveComesAndGoesWithAPartition() {
        database.run(PARTITIONED + OWN.formatted("m1"));
        var before = fingerprint();
        database.run("CREATE TABLE next PARTITION OF m FOR VALUES IN (2);" + OWN.formatted("next"));
        assertThat(fingerprint()).isEqualTo(before);
        database.run("DROP TABLE m1");
        assertThat(fingerprint()).isEqualTo(before);
        database.run("DROP TABLE next");
        assertThat(fingerprint()).isNotEqualTo(before);
    }

    @Test
    void anIndexThatIsBuiltAnewDoesNotShow() {
        database.run("CREATE TABLE t (a int); INSERT INTO t VALUES (1), (1)");
        var before = fingerprint();
        for (var name : List.of("t_a_ccnew", "t_a_ccold1", "t_a")) {
            var build = "CREATE UNIQUE INDEX CONCURRENTLY " + name + " ON t (a)";
            assertThatThrownBy(() -> database.run(build)).hasMessageContaining("could not create");
            assertThat(fingerprint().equals(before)).as(name).isEqualTo(!name.equals("t_a"));
        }
    }

    @Test
    void whatAnExtensionKeepsInASchemaOfItsOwnDoesNotShow() {
        var before = fingerprint();
        database.run("CREATE SCHEMA chunks; ALTER EXTENSION plpgsql ADD SCHEMA chunks");
        database.run("CREATE TABLE chunks.one (a int PRIMARY KEY)");
        assertThat(fingerprint()).isEqualTo(before);
    }

    @Test
    void ordinaryWorkDoesNotShowInTheStamp() {
        database.run(SCHEMA);
        var before = stamp();
        database.run(
                "INSERT INTO t SELECT g, g FROM generate_series(1, 100) g; UPDATE t SET a = 1");
        database.run("ANALYZE");
        database.run("VACUUM t");
        database.run("CREATE TEMP TABLE x (id int); DROP TABLE x");
        assertThat(stamp()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "CREATE DOMAIN dom AS int CHECK (VALUE > 0)",
                "CREATE RULE r AS ON DELETE TO t DO INSTEAD NOTHING",
                "CREATE POLICY p ON t USING (id > 0)",
                "CREATE STATISTICS s ON id, a FROM t",
                "CREATE COLLATION c (provider = libc, locale = 'C')",
                "CREATE PUBLICATION p FOR TABLE t",
                "CREATE FOREIGN DATA WRAPPER w",
                "CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w",
                "CREATE TABLE heir (a text DEFAULT 'x') INHERITS (t)",
                "CREATE TABLE whole (id int) PARTITION BY RANGE (id); CREATE UNLOGGED TABLE part"
                        + " PARTITION OF whole DEFAULT",
                "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC",
                "CREATE FUNCTION e() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';"
                        + " CREATE EVENT TRIGGER et ON sql_drop EXECUTE FUNCTION e()",
                "CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION"
                        + " suppress_redundant_updates_trigger()",
                "CREATE OPERATOR === (FUNCTION = int4eq, LEFTARG = int, RIGHTARG = int)",
                "CREATE FUNCTION c(t) RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE CAST (t AS"
                        + " int) WITH FUNCTION c(t)",
                "CREATE TEXT SEARCH CONFIGURATION c (COPY = english)",
                "CREATE TABLE u (id int REFERENCES t); ALTER TABLE u DISABLE TRIGGER ALL",
            })
    void theShorterFingerprintIsTheSameOrNone(String change) {
        database.run(
                "CREATE TABLE t (id int PRIMARY KEY, a text); CREATE VIEW v AS SELECT id FROM t;"
                        + change);
        var words = new HashSet<>(List.of(change.toUpperCase(Locale.ROOT).split("\\W+")));
        try (var session = database.open()) {
            session.script("BEGIN", Duration.ofSeconds(5));
            var whole = CatalogReader.fingerprintInside(session).toString();
            session.script("ROLLBACK", Duration.ofSeconds(5));
            assertThat(CatalogReader.fingerprint(session)).hasToString(whole);
            assertThat(after(session, words)).isEqualTo(whole);
            var nothingRare = change.equals("SELECT 1");
            assertThat(after(session, Set.of())).isEqualTo(nothingRare ? whole : null);
        }
    }

    private static @Nullable String after(PgSession session, Set<String> words) {
        var query = CatalogQuery.of("", session.major());
        session.script("BEGIN; " + query.pins(), Duration.ofSeconds(5));
        session.script(query.keepAfter(words), Duration.ofSeconds(5));
        var kept = "SELECT " + CatalogQuery.KEPT_FINGERPRINT;
        var rows = session.script(kept, Duration.ofSeconds(5));
        session.script("ROLLBACK", Duration.ofSeconds(5));
        return rows.iterator().next().getString(0);
    }

    @Test
    void fingerprintsOfAnotherFormatOrServerAreNotCompared() {
        var print = Fingerprint.parse("4-15-" + "a".repeat(64));
        assertThat(print.isComparable(Fingerprint.parse("4-15-" + "b".repeat(64)))).isTrue();
        assertThat(print.isComparable(Fingerprint.parse("1-15-" + "a".repeat(64)))).isFalse();
        assertThat(print.isComparable(Fingerprint.parse("4-16-" + "a".repeat(64)))).isFalse();
    }

    @Test
    void upkeepDoesNotShow() {
        database.run(SCHEMA + "INSERT INTO t SELECT g, g FROM generate_series(1, 100) g");
        var before = fingerprint();
        for (var upkeep :
                List.of("ANALYZE", "VACUUM FULL t", "REINDEX TABLE t", "CLUSTER t USING t_pkey")) {
            database.run(upkeep);
        }
        database.run("ALTER TABLE t ADD COLUMN z int; ALTER TABLE t DROP COLUMN z");
        database.run("CREATE SCHEMA skein; CREATE TABLE skein.x ()");
        assertThat(fingerprint()).isEqualTo(before);
    }

    @Test
    void theSessionsSettingsDoNotShow() {
        database.run(SCHEMA);
        var before = fingerprint();
        try (var session = database.open()) {
            session.script(
                    "SET \"DateStyle\" = 'German'; SET search_path = public, pg_catalog;"
                            + " SET quote_all_identifiers = on; SET standard_conforming_strings ="
                            + " off",
                    Duration.ofSeconds(5));
            assertThat(CatalogReader.fingerprint(session)).isEqualTo(before);
        }
    }

    @Test
    void whoReadsDoesNotShow() {
        var role = "reader" + ProcessHandle.current().pid();
        database.run("CREATE ROLE " + role + " LOGIN PASSWORD 'x'");
        database.whenDropped("DROP ROLE " + role);
        database.run("ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO pg_monitor");
        database.run(SCHEMA);
        var before = fingerprint();
        var main = main();
        var own = whole();
        database.as(role, "x");
        assertThat(fingerprint()).isEqualTo(before);
        assertThat(main()).isEqualTo(main);
        var foreign = new ItemId(ObjectKind.DEFAULT_PRIVILEGES, "", "postgres TABLES");
        assertThat(whole()).containsKey(foreign).hasSameSizeAs(own);
        assertThat(own)
                .containsKey(new ItemId(ObjectKind.DEFAULT_PRIVILEGES, "", "CURRENT_USER TABLES"));
    }

    private Map<ItemId, CatalogItem> whole() {
        try (var session = database.open()) {
            return CatalogReader.read(session).items();
        }
    }

    private Map<ItemId, CatalogItem> main() {
        try (var session = database.open()) {
            session.script("BEGIN", Duration.ofSeconds(5));
            var items = CatalogReader.mainInside(session).items();
            session.script("ROLLBACK", Duration.ofSeconds(5));
            return items;
        }
    }

    @Test
    void aDatabasesDefaultsDoNotShow() {
        database.run(
                """
                CREATE SCHEMA pgbouncer;
                CREATE TABLE pgbouncer.u (path text DEFAULT E'C:\\\\temp', b bytea DEFAULT '\\x00ff',
                    f float8 DEFAULT 0.1::float8 + 0.2, i interval DEFAULT '1 day 02:00',
                    d timestamptz DEFAULT '2020-02-03 00:00+00')\
                """);
        var before = fingerprint();
        var name = SqlLiterals.name(database.address().database());
        for (var setting :
                List.of(
                        "DateStyle = 'German'",
                        "IntervalStyle = 'sql_standard'",
                        "TimeZone = 'Asia/Tokyo'",
                        "bytea_output = 'escape'",
                        "standard_conforming_strings = off",
                        "quote_all_identifiers = on",
                        "extra_float_digits = -15",
                        "search_path = skein")) {
            database.run("ALTER DATABASE " + name + " SET " + setting);
            assertThat(fingerprint()).as(setting).isEqualTo(before);
            assertThat(whole())
                    .as(setting)
                    .containsKey(new ItemId(ObjectKind.COLUMN, "pgbouncer.u", "path"));
            database.run("ALTER DATABASE " + name + " RESET ALL");
        }
    }

    @Test
    void theWholeCatalogNamesItsObjects() {
        database.run(SCHEMA);
        try (var session = database.open()) {
            var catalog = CatalogReader.readWithNeeds(session);
            var column = new ItemId(ObjectKind.COLUMN, "public.t", "a");
            var index = new ItemId(ObjectKind.INDEX, "public.t", "public.t_a");
            assertThat(catalog.get(column))
                    .isEqualTo(
                            new CatalogItem(
                                    column, Map.of("type", "text", "default", "'x'::text")));
            assertThat(catalog.items()).containsKey(index);
            assertThat(catalog.needs(index)).contains(column);
            assertThat(catalog.needs(new ItemId(ObjectKind.VIEW, "", "public.v"))).contains(column);
            assertThat(catalog.fingerprint()).isEqualTo(CatalogReader.fingerprint(session));
        }
    }

    @Test
    void theFingerprintNamesTheServersMajorVersion() {
        int major = major(database.value("SHOW server_version_num"));
        try (var session = database.open()) {
            assertThat(CatalogReader.fingerprint(session).major()).isEqualTo(major);
        }
        if (Boolean.getBoolean("skein.test.packaged")) {
            assertThat(major).isEqualTo(18);
        }
    }

    private static int major(String number) {
        return Integer.parseInt(number) / 10_000;
    }
}
