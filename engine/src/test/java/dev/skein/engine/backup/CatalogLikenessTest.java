// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.engine.catalog.CatalogReader;
import dev.skein.engine.event.BackupExtent;
import dev.skein.engine.execute.order.Outcome;
import dev.skein.engine.journal.Entry;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.scratch.ScratchServer;
import dev.skein.engine.testing.TestServer;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was restored is held against what was saved, and nothing is taken for a difference. */
class CatalogLikenessTest extends BackupFixture {
    @Test
    void whatADumpBringsBackOtherwiseIsNoDifference() {
        database.run(
                "DROP SCHEMA public; CREATE SCHEMA app; ALTER DATABASE %s SET search_path = app"
                        .formatted(database.address().database()));
        database.run(
                "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE u (id int REFERENCES p);"
                        + " ALTER TABLE u DISABLE TRIGGER ALL");
        database.run(
                "CREATE EXTENSION hstore VERSION '1.6'; CREATE TABLE twice AS SELECT 1 AS id FROM"
                        + " generate_series(1, 2)");
        assertThatThrownBy(() ->
                        database.run("CREATE UNIQUE INDEX CONCURRENTLY twice_id ON twice (id)"))
                .hasMessageContaining("could not create unique index");
        var backup = moved();

        try (var server = ScratchServer.start(database.client(), TestServer.get().programs())) {
            assertThat(RestoreTrial.run(server, folder(), backup)).isEmpty();
        }
        assertThat(restore(backup, 3)).isNotEmpty();
        assertThat(database.value("SELECT to_regnamespace('public') IS NULL")).isEqualTo("true");
        assertThat(
                        database.value(
                                "SELECT string_agg(convert_from(body, 'UTF8'), '') FROM skein.entry"
                                        + " WHERE convert_from(body, 'UTF8') LIKE '%notDumped%'"))
                .contains("index app.twice_id, which is invalid")
                .contains("constraint trigger app.u")
                .contains(" disabled");
        assertThat(upgrade("a2", "r4", 5, BackupExtent.SCHEMA))
                .as("nobody has changed it by hand")
                .isInstanceOf(Outcome.Done.class);
    }

    /** Tables of every schema are counted before, where the default is in force, and afterwards. */
    @Test
    void itIsComparedAlikeWhateverLiteralsMeanThere() {
        database.run(
                "CREATE SCHEMA pgboss; CREATE TABLE pgboss.job AS SELECT 'a' AS path FROM"
                        + " generate_series(1, 3); ALTER DATABASE %s SET"
                                .formatted(database.address().database())
                        + " standard_conforming_strings = off");
        var backup = moved();
        assertThat(backup.tables()).extracting(Backup.Table::name).contains("pgboss.job");
        try (var server = ScratchServer.start(database.client(), TestServer.get().programs())) {
            assertThat(RestoreTrial.run(server, folder(), backup)).isEmpty();
        }
        assertThat(restore(backup, 3)).isNotEmpty();
        assertThat(
                        database.value(
                                "SELECT setconfig::text FROM pg_db_role_setting JOIN pg_database d"
                                        + " ON d.oid = setdatabase WHERE datname ="
                                        + " current_database()"))
                .contains("standard_conforming_strings=off");
    }

    @ParameterizedTest
    @ValueSource(strings = {"LATIN1", "SQL_ASCII"})
    void aDatabaseWithAnotherEncodingIsRestoredInIt(String encoding) {
        var name = database.address().database() + "_other";
        database.run(
                "CREATE DATABASE %s ENCODING '%s' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"
                        .formatted(name, encoding));
        database.adopt(name);
        database.use(name);
        database.run(
                "CREATE TABLE \"café\" (id int PRIMARY KEY, name text DEFAULT 'Zoë'); INSERT INTO"
                        + " \"café\" VALUES (1); COMMENT ON TABLE \"café\" IS 'für alle'");
        var backup = moved();
        assertThat(backup.tables()).extracting(Backup.Table::name).contains("public.\"café\"");

        try (var server = ScratchServer.start(database.client(), TestServer.get().programs())) {
            assertThat(RestoreTrial.run(server, folder(), backup)).isEmpty();
        }
        database.run("UPDATE \"café\" SET name = 'other'");
        assertThat(restore(backup, 3)).isNotEmpty();
        assertThat(database.value("SHOW server_encoding")).isEqualTo(encoding);
        assertThat(database.value("SELECT name FROM \"café\"")).isEqualTo("Zoë");
        try (var session = database.open()) {
            assertThat(new Journal(session, "").after(0, 100)).allMatch(Entry::isIntact);
        }
        assertThat(upgrade("a2", "r4", 5, BackupExtent.SCHEMA)).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void whatADumpBringsBackIsCompared() {
        database.run("CREATE TABLE t (id int)");
        var plain = likeness();
        database.run("COMMENT ON TABLE t IS 'x'");
        var commented = likeness();
        assertThat(commented.copy()).isEqualTo(plain.copy());
        assertThat(commented.whole()).isNotEqualTo(plain.whole());
        database.run("CREATE INDEX i ON t (id)");
        assertThat(likeness().copy()).isNotEqualTo(plain.copy());
    }

    private CatalogLikeness likeness() {
        try (var session = database.open()) {
            return CatalogLikeness.of(CatalogReader.readNamed(session), false);
        }
    }

    /** Names of logins are changed, and a person may restore what an agent has saved. */
    private String another() {
        var role = "restorer_" + database.address().database();
        database.run("CREATE ROLE " + role + " SUPERUSER LOGIN PASSWORD 'x'");
        database.whenDropped("DROP ROLE " + role);
        database.run(
                "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO pg_monitor; ALTER DEFAULT"
                        + " PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO pg_monitor;"
                        + " ALTER DEFAULT PRIVILEGES FOR ROLE "
                        + role
                        + " REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC");
        return role;
    }

    @Test
    void whatOneRoleSavedAnotherRestores() {
        var role = another();
        var backup = moved();
        var superuser = database.address();
        database.as(role, "x");
        try {
            assertThat(restore(backup, 3)).isNotEmpty();
        } finally {
            database.as(superuser);
        }
        assertThat(database.value("SELECT count(*) FROM pg_default_acl")).isEqualTo("3");
    }

    @Test
    void norMattersWhoReadsWhatAnEarlierVersionNoted() throws IOException {
        var role = another();
        assertThat(upgrade("a1", "r1", 1, BackupExtent.FULL)).isInstanceOf(Outcome.Done.class);
        CatalogLikeness noted;
        try (var session = database.open()) {
            noted = CatalogLikeness.of(CatalogReader.read(session), false);
        }
        assertThat(upgrade("a2", "r2", 2, BackupExtent.FULL)).isInstanceOf(Outcome.Done.class);
        var b = folder().of(history().getFirst().uid()).getLast();
        assertThat(noted.whole()).isNotEqualTo(Objects.requireNonNull(b.likeness()).whole());
        var older = described(b, b.fingerprint(), b.shape(), noted, b.needs());
        var superuser = database.address();
        database.as(role, "x");
        try {
            assertThat(restore(older, 3)).isNotEmpty();
            database.run("ALTER DEFAULT PRIVILEGES GRANT INSERT ON TABLES TO pg_monitor");
        } finally {
            database.as(superuser);
        }
        try (var session = database.open()) {
            assertThat(CatalogLikeness.wholes(CatalogReader.readNamed(session)))
                    .doesNotContain(noted.whole());
        }
    }
}
