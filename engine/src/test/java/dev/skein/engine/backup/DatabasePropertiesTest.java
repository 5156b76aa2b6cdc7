// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skein.engine.SkeinException;
import dev.skein.engine.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a database has beside its contents comes back, or is missed before anything is done. */
class DatabasePropertiesTest {
    private static final String CREATED_AS =
            "SELECT (to_jsonb(d) - ARRAY['oid', 'datname', 'datfrozenxid', 'datminmxid', 'datacl',"
                    + " 'datlastsysoid', 'dattablespace'])::text FROM pg_database d WHERE datname ="
                    + " '%s'";
    private static final String GIVEN =
            "SELECT concat_ws(' ', datacl, (SELECT string_agg(setconfig::text, ' ') FROM"
                + " pg_db_role_setting WHERE setdatabase = oid)) FROM pg_database WHERE datname ="
                + " '%s'";

    @RegisterExtension final TestDatabase database = new TestDatabase();

    private DatabaseProperties properties() {
        try (var session = database.open()) {
            return DatabaseProperties.of(session);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "15|LOCALE_PROVIDER icu ICU_LOCALE 'de-DE'",
                "16|LOCALE_PROVIDER icu ICU_LOCALE 'en' ICU_RULES '&a < g'",
                "17|LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'"
            })
    void itIsCreatedWithTheSameCollation(int since, String options) {
        var major = database.value("SELECT current_setting('server_version_num')::int / 10000");
        assumeTrue(Integer.parseInt(major) >= since, "the server does not know it");
        var name = database.address().database() + "_like";
        var copy = name + "_copy";
        var home = database.address().database();
        database.run("CREATE DATABASE " + name + " TEMPLATE template0 ENCODING 'UTF8' " + options);
        database.adopt(name);
        database.use(name);
        var create = properties().create(copy);
        database.use(home);

        database.run(create);

        database.adopt(copy);
        assertThat(database.value(CREATED_AS.formatted(copy)))
                .isEqualTo(database.value(CREATED_AS.formatted(name)));
    }

    private String role(String options) {
        var role = "r" + options.length() + "_" + database.address().database();
        database.run("CREATE ROLE " + role + " " + options);
        database.whenDropped("DROP ROLE " + role);
        return role;
    }

    @Test
    void privilegesAreGivenAsWhoeverGaveThemAndWhatTheOwnerGaveUpIsNot() {
        var name = database.address().database();
        var owner = role("NOLOGIN");
        var grantor = role("NOINHERIT");
        database.run(
                """
                ALTER DATABASE %1$s OWNER TO %2$s;
                REVOKE ALL ON DATABASE %1$s FROM %2$s, PUBLIC;
                GRANT CREATE ON DATABASE %1$s TO %2$s;
                GRANT CONNECT ON DATABASE %1$s TO %3$s WITH GRANT OPTION;
                SET ROLE %3$s;
                GRANT CONNECT ON DATABASE %1$s TO pg_monitor;
                RESET ROLE;
                ALTER DATABASE %1$s SET work_mem = '5MB'
                """
                        .formatted(name, owner, grantor));
        var copy = database.create();
        database.run("ALTER DATABASE " + copy + " OWNER TO " + owner);

        properties().give(copy).forEach(database::run);

        assertThat(database.value(GIVEN.formatted(copy)))
                .contains("pg_monitor=c/" + grantor)
                .isEqualTo(database.value(GIVEN.formatted(name)));
    }

    @Test
    void whatCannotBeGivenIsMissedBeforeAnythingIsRestored() {
        var name = database.address().database();
        var owner = role("LOGIN CREATEDB PASSWORD 'x'");
        database.run("ALTER DATABASE %s OWNER TO %s".formatted(name, owner));
        var superuser = database.address();
        database.as(owner, "x");
        tried(name);

        database.as(superuser);
        database.run("ALTER DATABASE %s SET log_min_messages = 'error'".formatted(name));
        database.as(owner, "x");
        assertThatThrownBy(() -> tried(name))
                .isInstanceOf(SkeinException.class)
                .hasMessageContaining("it cannot be replaced")
                .hasMessageContaining("permission denied to set parameter \"log_min_messages\"");
        database.as(superuser);
        assertThat(database.value(GIVEN.formatted(name))).contains("log_min_messages");
    }

    private void tried(String name) {
        try (var session = database.open()) {
            RestorePreflight.check(session, DatabaseProperties.of(session), name);
        }
    }
}
