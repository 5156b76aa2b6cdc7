// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.SqlLiterals;
import dev.skein.engine.scratch.ScratchServer;
import dev.skein.engine.testing.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Roles are the server's and not in a backup, which names them all the same. */
class RestoreNeedsTest extends BackupFixture {
    private static final String OTHERS =
            "SELECT count(*) FROM pg_database WHERE datname LIKE 'skein\\_r%'";

    /** A name of this database's own, since roles are everybody's. */
    private String role(String what) {
        return "the " + what + "'s " + database.address().database();
    }

    private List<String> roles() {
        return List.of(role("friend"), role("guest"), role("heir"), role("keeper"), role("owner"));
    }

    /** One that owns, one that may, one of a policy, two of default privileges. */
    private Backup naming() {
        for (var role : roles()) {
            database.run("CREATE ROLE " + SqlLiterals.name(role));
            database.whenDropped("DROP ROLE IF EXISTS " + SqlLiterals.name(role));
        }
        database.run(
                """
                CREATE TABLE owned (id int);
                CREATE TABLE guarded (id int);
                CREATE POLICY p ON guarded TO %3$s;
                GRANT SELECT (id) ON guarded TO %2$s;
                ALTER DEFAULT PRIVILEGES FOR ROLE %4$s GRANT SELECT ON TABLES TO %1$s;
                ALTER TABLE owned OWNER TO %5$s
                """
                        .formatted(
                                SqlLiterals.name(role("friend")),
                                SqlLiterals.name(role("guest")),
                                SqlLiterals.name(role("heir")),
                                SqlLiterals.name(role("keeper")),
                                SqlLiterals.name(role("owner"))));
        return moved();
    }

    private String rights() {
        return database.value(
                """
                SELECT string_agg(r, ' ' ORDER BY r) FROM (
                    SELECT tableowner::text AS r FROM pg_tables WHERE tablename = 'owned'
                    UNION ALL SELECT roles::text FROM pg_policies
                    UNION ALL SELECT attacl::text FROM pg_attribute WHERE attrelid = 'guarded'::regclass
                    UNION ALL SELECT pg_get_userbyid(defaclrole) || defaclacl::text FROM pg_default_acl) x
                """);
    }

    @Test
    void rolesThatAreNotThereAreToldBeforeAnythingIsDone() {
        var backup = naming();
        var rights = rights();
        assertThat(backup.known().owners()).contains(role("owner"), role("keeper"));
        assertThat(backup.known().owners())
                .doesNotContain(role("friend"), role("guest"), role("heir"));
        database.run("DROP TABLE owned, guarded");
        for (var role : roles()) {
            database.run("DROP OWNED BY %1$s; DROP ROLE %1$s".formatted(SqlLiterals.name(role)));
        }
        var before = history();

        assertThatThrownBy(() -> restore(backup, 3))
                .hasMessageContaining("roles named in the backup that its server does not have")
                .satisfies(e ->
                        roles().forEach(role ->
                                assertThat(e).hasMessageContaining(SqlLiterals.name(role))))
                .hasMessageContaining("CREATE ROLE");
        assertThat(history()).isEqualTo(before);
        assertThat(database.value(OTHERS)).isEqualTo("0");

        roles().forEach(role -> database.run("CREATE ROLE " + SqlLiterals.name(role)));
        assertThat(restore(backup, 3)).isNotEmpty();
        assertThat(rights()).isEqualTo(rights);
    }

    @Test
    void whoCannotGiveThingsToTheirOwnerIsToldBeforeAnythingIsDone() {
        var migrator = "migrates_" + database.address().database();
        database.run(
                "CREATE ROLE %1$s LOGIN CREATEDB PASSWORD 'x'; ALTER DATABASE %2$s OWNER TO %1$s; ALTER SCHEMA public OWNER TO %1$s"
                        .formatted(SqlLiterals.name(migrator), database.address().database()));
        var owner = role("owner");
        database.run(
                "CREATE ROLE %1$s; CREATE SCHEMA aside AUTHORIZATION %1$s; CREATE TABLE aside.owned (); ALTER TABLE aside.owned OWNER TO %1$s; GRANT %1$s TO %2$s"
                        .formatted(SqlLiterals.name(owner), SqlLiterals.name(migrator)));
        var superuser = database.address();
        database.as(migrator, "x");
        try {
            var backup = moved();
            as(superuser, "REVOKE %s FROM %s", owner, migrator);
            assertThatThrownBy(() -> restore(backup, 3))
                    .hasMessageContaining("no member of: " + SqlLiterals.name(owner));
            assertThat(database.value(OTHERS)).isEqualTo("0");
            as(superuser, "GRANT %s TO %s", owner, migrator);
            assertThat(restore(backup, 3)).isNotEmpty();
        } finally {
            database.as(superuser);
            database.whenDropped("DROP ROLE " + SqlLiterals.name(migrator));
            database.whenDropped("DROP ROLE " + SqlLiterals.name(owner));
        }
    }

    /** What an extension brings is whoever's that makes it. */
    @Test
    void whatASessionHasForItselfIsNoNeed() {
        var role = role("analyst");
        database.run("CREATE ROLE " + SqlLiterals.name(role));
        database.whenDropped("DROP ROLE IF EXISTS " + SqlLiterals.name(role));
        try (var before = database.open();
                var other = database.open()) {
            var without = RestoreNeeds.of(before);
            other.script(
                    "SET ROLE "
                            + SqlLiterals.name(role)
                            + "; CREATE TEMP TABLE mine (id int); CREATE TYPE pg_temp.kind AS (a"
                            + " int); CREATE FUNCTION pg_temp.f() RETURNS int LANGUAGE sql AS"
                            + " 'SELECT 1'",
                    Duration.ofSeconds(20));
            assertThat(RestoreNeeds.of(before)).isEqualTo(without);
        }
    }

    @Test
    void whatAnExtensionBringsIsGivenToNobody() {
        var plain = known();
        var role = SqlLiterals.name(role("maker"));
        database.run(
                "CREATE ROLE %1$s SUPERUSER; SET ROLE %1$s; CREATE EXTENSION hstore; RESET ROLE"
                        .formatted(role));
        database.whenDropped("DROP ROLE " + role);
        assertThat(known()).isEqualTo(plain);
    }

    private List<String> known() {
        try (var session = database.open()) {
            return RestoreNeeds.of(session).roles();
        }
    }

    /** Earlier versions noted none; the archive has them all the same. */
    @Test
    void rolesThatWereNotNotedAreFoundInTheArchive() throws IOException {
        var noted = naming();
        var needs = noted.known();
        var backup = described(noted, noted.fingerprint(), noted.shape(), noted.likeness(), null);
        var archive = folder().verified(backup);
        var programs = DumpPrograms.restoring(backup.programMajor(), backup.serverMajor());
        var found = ArchiveNeeds.of(backup, archive, programs);
        assertThat(needs.roles()).containsAll(roles());
        assertThat(found.roles()).isEqualTo(needs.roles());
        assertThat(found.owners()).isEqualTo(needs.owners());
        triesOnce(backup);

        database.run("DROP TABLE owned, guarded");
        for (var role : roles()) {
            database.run("DROP OWNED BY %1$s; DROP ROLE %1$s".formatted(SqlLiterals.name(role)));
        }
        assertThatThrownBy(() -> restore(backup, 3))
                .hasMessageContaining("roles named in the backup that its server does not have")
                .satisfies(e ->
                        roles().forEach(role ->
                                assertThat(e).hasMessageContaining(SqlLiterals.name(role))));
        assertThat(database.value(OTHERS)).isEqualTo("0");
    }

    @Test
    void aTrialMakesTheRolesAndThenTriesOnce() {
        triesOnce(naming());
    }

    private void triesOnce(Backup backup) {
        try (var server = ScratchServer.start(database.client(), TestServer.get().programs())) {
            assertThat(RestoreTrial.run(server, folder(), backup)).isEmpty();
            try (var next = server.database()) {
                assertThat(next.address().database()).endsWith("_2");
            }
        }
    }

    private void as(DatabaseAddress superuser, String sql, String owner, String migrator) {
        var who = database.address();
        database.as(superuser);
        database.run(sql.formatted(SqlLiterals.name(owner), SqlLiterals.name(migrator)));
        database.as(who);
    }
}
