// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.order.Outcome;
import dev.skein.engine.postgres.SqlLiterals;
import dev.skein.engine.testing.MigrationSetting;
import dev.skein.engine.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Defaults of roles and databases: runs do the same in spite of them, or refuse and name them. */
class SessionSettingsTest {
    private static final Duration BOUND = Duration.ofMinutes(2);
    private static final List<String> HARMLESS =
            List.of(
                    "standard_conforming_strings = off",
                    "DateStyle = 'German, DMY'",
                    "IntervalStyle = 'sql_standard'",
                    "TimeZone = 'Asia/Tokyo'",
                    "bytea_output = 'escape'",
                    "xmloption = 'document'",
                    "quote_all_identifiers = on",
                    "extra_float_digits = -15",
                    "array_nulls = off",
                    "transform_null_equals = on",
                    "default_transaction_isolation = 'serializable'",
                    "default_transaction_deferrable = on",
                    "synchronous_commit = off",
                    "row_security = off",
                    "check_function_bodies = off",
                    "statement_timeout = '1ms'",
                    "lock_timeout = '1ms'",
                    "idle_in_transaction_session_timeout = '1ms'",
                    "client_min_messages = 'error'",
                    "exit_on_error = on");

    private static final String SCHEMA =
            """
            --@ upgrade
            CREATE TABLE t (path text DEFAULT 'C:\\temp', b bytea DEFAULT '\\x00ff'::bytea,
                f float8 DEFAULT 0.1::float8 + 0.2, d date DEFAULT '02/03/2020'::date,
                i interval DEFAULT '1 day 02:00', a text[] DEFAULT '{NULL,x}'::text[], n int,
                id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
            INSERT INTO t (n) VALUES (1), (NULL);
            UPDATE t SET n = 2 WHERE n = NULL;
            DO $$ BEGIN
                ASSERT (SELECT count(*) FROM t WHERE n IS NULL) = 1, 'n = NULL meant n IS NULL';
            END $$;
            --@ downgrade
            DROP TABLE t;
            """;

    private static final String ROWS =
            """
            --@ batch: t by id, 1 rows
            --@ upgrade
            UPDATE t SET n = 12 WHERE id BETWEEN :from AND :to;
            --@ downgrade
            UPDATE t SET n = 2 WHERE id BETWEEN :from AND :to;
            """;

    private static final String ALONE =
            """
            --@ transaction: none
            --@ upgrade
            CREATE INDEX CONCURRENTLY t_n ON t (n);
            --@ downgrade
            DROP INDEX CONCURRENTLY t_n;
            """;

    @RegisterExtension final TestDatabase database = new TestDatabase();

    private void byDefault(String setting) {
        database.run(alter(false) + " SET " + setting);
    }

    private String alter(boolean role) {
        return role ? "ALTER ROLE " + role() : "ALTER DATABASE " + name();
    }

    private static String role() {
        return "sets" + ProcessHandle.current().pid();
    }

    /** A role that logs in as no superuser, and may make what it likes. */
    private void migrates() {
        database.run("CREATE ROLE " + role() + " LOGIN PASSWORD 'x'");
        database.whenDropped("DROP ROLE " + role());
        database.run(
                "GRANT CREATE ON DATABASE %s TO %s; GRANT CREATE ON SCHEMA public TO %2$s"
                        .formatted(name(), role()));
    }

    private String name() {
        return SqlLiterals.name(database.address().database());
    }

    private Outcome.Done upAndDown(String why) {
        var setting = new MigrationSetting(database).revision("a", SCHEMA);
        var up = setting.up();
        assertThat(up).as(why).isInstanceOf(Outcome.Done.class);
        assertThat(setting.run(new Goal.Upgrade("head"), 1L))
                .as(why)
                .isInstanceOf(Outcome.Done.class); // asks for drift
        assertThat(setting.down("base")).as(why).isInstanceOf(Outcome.Done.class);
        return (Outcome.Done) up;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whateverTheDefaultsTheSchemaIsTheSame(boolean ofRole) {
        migrates();
        var superuser = database.address();
        database.as(role(), "x");
        var plain = upAndDown("no default").fingerprint();
        // From before the defaults: none of them, such as a millisecond for a statement, is its
        // own.
        try (var untouched = database.client().open(superuser, "test", Map.of())) {
            for (var setting : HARMLESS) {
                untouched.script(alter(ofRole) + " SET " + setting, BOUND);
                assertThat(upAndDown(setting).fingerprint()).as(setting).isEqualTo(plain);
                untouched.script(alter(ofRole) + " RESET ALL", BOUND);
            }
            HARMLESS.forEach(setting -> untouched.script(alter(ofRole) + " SET " + setting, BOUND));
            assertThat(upAndDown("all").fingerprint()).isEqualTo(plain);
            untouched.script(alter(ofRole) + " RESET ALL", BOUND);
        } finally {
            database.as(superuser);
        }
    }

    /** Who owns a schema and where it is made are the tenant's to say. */
    @ParameterizedTest
    @ValueSource(strings = {"role = %s_owns", "search_path = app", "both"})
    void aRolesOwnRoleAndSchemaAreHeeded(String setting) {
        migrates();
        var owner = role() + "_owns";
        database.run("CREATE ROLE " + owner + "; GRANT " + owner + " TO " + role());
        database.whenDropped("DROP ROLE " + owner);
        database.run(
                "CREATE SCHEMA app; GRANT ALL ON SCHEMA app, public TO %1$s; GRANT CREATE ON"
                                .formatted(owner)
                        + " DATABASE %1$s TO %2$s".formatted(name(), owner)
                        + "; GRANT ALL ON SCHEMA app TO "
                        + role());
        var ofRole = !setting.startsWith("search");
        var ofPath = !setting.startsWith("role");
        if (ofRole) {
            database.run(alter(true) + " SET role = " + owner);
        }
        if (ofPath) {
            database.run(alter(true) + " SET search_path = app");
        }
        var place = ofPath ? "app" : "public";
        var superuser = database.address();
        database.as(role(), "x");
        try {
            var runs = new MigrationSetting(database).revision("a", SCHEMA).revision("b", ROWS);
            runs.revision("c", ALONE).table("d");
            assertThat(runs.up()).isInstanceOf(Outcome.Done.class);
            assertThat(
                            database.value(
                                    "SELECT string_agg(DISTINCT schemaname || ' ' || tableowner,"
                                            + " ',') FROM pg_tables WHERE tablename IN ('t',"
                                            + " 'd')"))
                    .isEqualTo(place + " " + (ofRole ? owner : role()));
            assertThat(database.value("SELECT string_agg(n::text, ',') FROM %s.t".formatted(place)))
                    .isEqualTo("12,12");
            assertThat(runs.run(new Goal.Upgrade("heads"), 1L))
                    .as("nobody has changed it")
                    .isInstanceOf(Outcome.Done.class);
            assertThat(runs.down("a")).isInstanceOf(Outcome.Done.class);
            assertThat(runs.up()).isInstanceOf(Outcome.Done.class);
            assertThat(runs.down("base")).isInstanceOf(Outcome.Done.class);
        } finally {
            database.as(superuser);
            database.run("DROP OWNED BY " + owner + ", " + role() + " CASCADE");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INSERT INTO t VALUES (1) | session_replication_role",
                "CREATE TABLE v AS SELECT odd() | session_replication_role",
                "COPY t FROM PROGRAM 'echo 1' | session_replication_role",
                "DO $$BEGIN PERFORM pg_advisory_unlock_all(); END$$ | advisory locks",
                "SELECT set_config('app.tenant', 'x', false) | app.tenant",
                "DO $$BEGIN SET app.tenant = 'x'; END$$ | app.tenant",
                "DO $$BEGIN SET/**/SESSION \"app\".tenant = 'x'; END$$ | app.tenant",
                "DO $$BEGIN SET \"App.Tenant\" = 'x'; END$$ | app.tenant",
                "SELECT set_config(/* whose */ 'app.tenant', 'x', false) | app.tenant",
                "SELECT \"set_config\"(E'app.tenant', 'x', false) | app.tenant",
                "DO 'BEGIN PERFORM set_config(''app.tenant'', ''x'', false); END' | app.tenant",
                "DO $$BEGIN EXECUTE 'SELECT set_config(''app.tenant'', ''x'', false)'; END$$ |"
                        + " app.tenant",
                "DO $$BEGIN EXECUTE concat('SELECT length(''', 'x', '''),"
                        + " set_config(''app.tenant'', ''x'', false)'); END$$ | app.tenant",
                "DO $$BEGIN EXECUTE concat('SELECT pg_adv','isory_lock(7)'); END$$ | lock (0, 7)",
                "SELECT locks() | advisory lock (1, 4294967294)",
                "INSERT INTO t SELECT locks() | advisory lock (1, 4294967294)",
                "ALTER TABLE u ADD COLUMN b int DEFAULT locks() | advisory lock (1, 4294967294)",
                "ALTER TABLE u ADD b int GENERATED ALWAYS AS (still()) STORED | lock (0, 9)",
                "ALTER TABLE u ADD CHECK (a <> still()) | lock (0, 9)",
                "ALTER TABLE u ALTER a TYPE bigint USING still() | lock (0, 9)",
                "ALTER TABLE u ADD n e | lock (0, 9)",
                "ALTER TABLE u VALIDATE CONSTRAINT late | lock (0, 9)",
                "ALTER DOMAIN d VALIDATE CONSTRAINT late | lock (0, 9)",
                "CREATE INDEX ON u ((a + still())) | lock (0, 9)",
                "CREATE TEMP TABLE v AS SELECT locks() | advisory lock (1, 4294967294)",
                "CREATE TABLE q PARTITION OF p FOR VALUES IN (still()) | lock (0, 9)",
                "CREATE SCHEMA told | lock (0, 8)",
                "ALTER TABLE u ADD b int DEFAULT unlocks() | advisory locks",
            })
    void whatAStepLeavesBehindIsItsOwnFailure(String sql, String left) {
        database.run(
                """
                CREATE FUNCTION still() RETURNS int LANGUAGE plpgsql IMMUTABLE AS
                    $$ BEGIN PERFORM pg_advisory_lock(9); RETURN 1; END $$;
                CREATE FUNCTION unlocks() RETURNS int LANGUAGE plpgsql AS
                    $$ BEGIN PERFORM pg_advisory_unlock_all(); RETURN 1; END $$;
                CREATE FUNCTION told() RETURNS event_trigger LANGUAGE plpgsql AS
                    $$ BEGIN PERFORM pg_advisory_lock(8); END $$;
                CREATE DOMAIN d AS int;
                CREATE DOMAIN e AS int DEFAULT 2 CHECK (VALUE <> still());
                ALTER DOMAIN d ADD CONSTRAINT late CHECK (VALUE <> still()) NOT VALID;
                CREATE TABLE p (a int) PARTITION BY LIST (a);
                CREATE TABLE t (a int);
                CREATE TABLE u (a int, o d);
                INSERT INTO u VALUES (0, 0);
                ALTER TABLE u ADD CONSTRAINT late CHECK (a <> still()) NOT VALID;
                CREATE EVENT TRIGGER told ON ddl_command_end WHEN tag IN ('CREATE SCHEMA')
                    EXECUTE FUNCTION told();
                CREATE FUNCTION odd() RETURNS int LANGUAGE sql AS
                    $$ SELECT set_config('session_replication_role', 'replica', false)::text::name
                       IS NULL; SELECT 1 $$;
                CREATE FUNCTION odd_too() RETURNS trigger LANGUAGE plpgsql AS
                    $$ BEGIN PERFORM odd(); RETURN new; END $$;
                CREATE TRIGGER o BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION odd_too();
                CREATE FUNCTION locks() RETURNS int LANGUAGE sql AS
                    $$ SELECT pg_advisory_lock_shared(1, -2) IS NULL; SELECT 1 $$;
                """);
        var setting =
                new MigrationSetting(database)
                        .revision("a", "--@ upgrade\n" + sql + ";")
                        .revision("b", "--@ upgrade\nCREATE TABLE never ();");
        var up = setting.up();
        assertThat(up).isInstanceOf(Outcome.Failed.class);
        var failed = (Outcome.Failed) up;
        assertThat(failed.error().revision()).isEqualTo("a");
        assertThat(failed.error().serverMessage()).contains(left);
        assertThat(database.value("SELECT to_regclass('never') IS NULL")).isEqualTo("true");
    }

    @Test
    void aLockThatARevisionSaysItKeepsIsNotHeldAgainstTheNext() {
        var setting =
                new MigrationSetting(database)
                        .table("t")
                        .revision(
                                "a",
                                "--@ allow: SK901 \"the next ones run under it\"\n--@ upgrade\n"
                                        + "SELECT pg_advisory_lock(7);\n")
                        .revision("b", "--@ upgrade\nINSERT INTO t DEFAULT VALUES;\n")
                        .revision("c", "--@ upgrade\nSELECT pg_advisory_unlock(7);\n");
        assertThat(setting.up()).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void aLockThatAQuestionTookIsNotHeldAgainstTheStepsBeforeIt() {
        var setting =
                new MigrationSetting(database)
                        .revision("a", "--@ upgrade\nCREATE TABLE a ();\n")
                        .revision("b", "--@ upgrade\nCREATE TABLE b ();\n")
                        .revision(
                                "c",
                                "--@ precheck\nSELECT pg_try_advisory_lock(7);\n--@ upgrade\n"
                                        + "SELECT pg_advisory_unlock(7);\n");
        assertThat(setting.up()).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void whatTakesSkeinsLockAwayInAStatementByItselfIsNamed() {
        database.run("CREATE TABLE t (a int)");
        database.run(
                "CREATE FUNCTION unlocks(int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS"
                        + " 'BEGIN PERFORM pg_advisory_unlock_all(); RETURN 1; END'");
        database.run("INSERT INTO t VALUES (1)");
        var setting =
                new MigrationSetting(database)
                        .revision(
                                "a",
                                "--@ transaction: none\n--@ upgrade\n"
                                        + "CREATE INDEX CONCURRENTLY t_a ON t (unlocks(a));\n")
                        .revision("b", "--@ upgrade\nCREATE TABLE never ();\n");
        var up = setting.up();
        assertThat(up).isInstanceOf(Outcome.Failed.class);
        var failed = (Outcome.Failed) up;
        assertThat(failed.error().revision()).isEqualTo("a");
        assertThat(failed.error().serverMessage()).contains("advisory locks");
    }

    @Test
    void aLockMayGoOverStatementsThatRunAloneAndNotFurther() {
        database.run("CREATE TABLE t (a int)");
        database.run(
                "CREATE FUNCTION locks() RETURNS int LANGUAGE sql AS"
                        + " 'SELECT pg_advisory_lock(7) IS NULL; SELECT 1'");
        var setting =
                new MigrationSetting(database)
                        .revision(
                                "a",
                                "--@ transaction: none\n--@ upgrade\nSELECT pg_advisory_lock(7);\n"
                                        + "CREATE INDEX CONCURRENTLY t_a ON t (a);\n"
                                        + "SELECT pg_advisory_unlock(7);\n");
        assertThat(setting.up()).isInstanceOf(Outcome.Done.class);
        setting.revision(
                "b",
                "--@ transaction: none\n--@ upgrade\nSELECT locks();\n"
                        + "CREATE INDEX CONCURRENTLY t_b ON t (a);\n");
        var failed = (Outcome.Failed) setting.up();
        assertThat(failed.error().serverMessage())
                .contains("its statements stand", "advisory lock (0, 7)");
        assertThat(database.value("SELECT to_regclass('t_b') IS NOT NULL")).isEqualTo("true");
        assertThat(setting.up()).as("nothing is done twice").isInstanceOf(Outcome.Done.class);
    }

    @Test
    void aPreparedStatementOfAFunctionIsNamed() {
        database.run(
                """
                CREATE FUNCTION odd() RETURNS int LANGUAGE plpgsql AS
                    $$ BEGIN EXECUTE concat('PRE', 'PARE "P p" AS SELECT 1'); RETURN 1; END $$;
                """);
        var setting =
                new MigrationSetting(database)
                        .revision("a", "--@ upgrade\nCREATE TABLE a ();\n")
                        .revision("b", "--@ upgrade\nSELECT odd();\n")
                        .revision("c", "--@ upgrade\nCREATE TABLE c ();\n");
        var up = setting.up();
        assertThat(up).isInstanceOf(Outcome.Failed.class);
        assertThat(((Outcome.Failed) up).error().serverMessage())
                .contains("prepared statement P p");
        assertThat(setting.up()).isInstanceOf(Outcome.Done.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--@ upgrade\n", "--@ transaction: none\n--@ upgrade\n"})
    void aTemporaryTableCursorOrPreparedStatementIsNotThereForTheNextRevision(String head) {
        var setting =
                new MigrationSetting(database)
                        .table("users")
                        .revision(
                                "b",
                                head
                                        + "PREPARE p AS SELECT 1;\n"
                                        + "CREATE TEMP TABLE users (id int);\n"
                                        + "DECLARE c CURSOR WITH HOLD FOR SELECT 1;\n"
                                        + "LISTEN l;\n"
                                        + "DO $$BEGIN EXECUTE 'PREPARE q AS SELECT 1'; END$$;\n")
                        .revision("c", "--@ upgrade\nALTER TABLE users ADD mail text;\n")
                        .revision(
                                "d",
                                "--@ upgrade\nCREATE TABLE left_over AS SELECT (SELECT count(*)"
                                        + " FROM pg_cursors WHERE name = 'c') + (SELECT count(*)"
                                        + " FROM pg_listening_channels()) + (SELECT count(*) FROM"
                                        + " pg_prepared_statements WHERE name IN ('p', 'q')) AS"
                                        + " n;\n");
        assertThat(setting.up()).isInstanceOf(Outcome.Done.class);
        assertThat(database.value("SELECT count(mail) FROM public.users")).isEqualTo("0");
        assertThat(database.value("SELECT n FROM left_over")).isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--@ upgrade", "--@ transaction: none\n--@ upgrade"})
    void aSettingThatAFunctionLeftUnseenIsNotThereForTheNextRevision(String next) {
        database.run(
                """
                CREATE FUNCTION odd() RETURNS int LANGUAGE plpgsql AS $$ BEGIN
                    PERFORM set_config('session_replication_role', 'replica', false);
                    PERFORM set_config('app.' || 'tenant', 'x', false);
                    RETURN 1; END $$;
                CREATE FUNCTION odd_too() RETURNS trigger LANGUAGE plpgsql AS
                    $$ BEGIN new.b := coalesce(current_setting('app.tenant', true), '');
                    RETURN new; END $$;
                CREATE TABLE t (a int, b text);
                CREATE TRIGGER o BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION odd_too();
                INSERT INTO t VALUES (0);
                """);
        var setting =
                new MigrationSetting(database)
                        .revision("a", "--@ upgrade\nALTER TABLE t ADD m int DEFAULT odd();\n")
                        .revision("b", next + "\nINSERT INTO t (a, m) VALUES (1, 1);\n")
                        .revision("c", "--@ upgrade\nALTER TABLE t ADD n int DEFAULT odd();\n")
                        .revision(
                                "d", "--@ upgrade\nSELECT set_config('app.tenant', 'y', true);\n");
        assertThat(setting.up()).isInstanceOf(Outcome.Done.class);
        assertThat(database.value("SELECT b FROM t WHERE a = 1")).isEmpty();
    }

    @Test
    void anApplicationsSettingThatAStatementByItselfLeavesIsNamed() {
        var setting =
                new MigrationSetting(database)
                        .revision(
                                "a",
                                "--@ transaction: none\n--@ upgrade\n"
                                        + "DO $$BEGIN SET app.tenant = 'x'; COMMIT; END$$;\n");
        var failed = (Outcome.Failed) setting.up();
        assertThat(failed.error().serverMessage()).contains("app.tenant");
    }

    @Test
    void anApplicationsSettingThatIsGivenBackIsNone() {
        byDefault("app.tenant = 'by default'");
        var setting =
                new MigrationSetting(database)
                        .revision(
                                "a",
                                "--@ upgrade\nSELECT set_config('app.tenant', 'x', true),"
                                        + " set_config('app.other', 'x', true);\n")
                        .revision(
                                "b", "--@ upgrade\nDO $$BEGIN SET LOCAL app.tenant = 'x'; END$$;");
        assertThat(setting.up()).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void aScriptDoesNotDecideWhetherItsCommitIsOnDisk() {
        var setting = new MigrationSetting(database).table("first");
        setting.up();
        database.run(
                """
                CREATE TABLE s (c text);
                CREATE FUNCTION late() RETURNS trigger LANGUAGE plpgsql AS
                    $$ BEGIN INSERT INTO public.s VALUES (current_setting('synchronous_commit'));
                    RETURN NULL; END $$;
                CREATE TRIGGER x AFTER INSERT ON skein.entry FOR EACH ROW EXECUTE FUNCTION late();
                """);
        setting.revision(
                "a", "--@ upgrade\nSET LOCAL synchronous_commit = off;\nCREATE TABLE a ();");
        assertThat(setting.upAccepting()).isInstanceOf(Outcome.Done.class);
        assertThat(database.value("SELECT string_agg(DISTINCT c, ',') FROM s")).isEqualTo("on");
    }

    @Test
    void whatIsCommittedIsOnDisk() {
        byDefault("synchronous_commit = off");
        new MigrationSetting(database)
                .revision(
                        "a",
                        "--@ upgrade\nCREATE TABLE s AS SELECT"
                                + " current_setting('synchronous_commit') AS c;\n")
                .up();
        assertThat(database.value("SELECT c FROM s")).isEqualTo("on");
    }

    @Test
    void whatFailedIsToldWhereADefaultEndsSessionsWithTheirErrors() {
        byDefault("exit_on_error = on");
        var failed =
                (Outcome.Failed)
                        new MigrationSetting(database)
                                .revision("a", "--@ upgrade\nSELECT 1/0;\n")
                                .up();
        assertThat(failed.error().serverMessage()).contains("division by zero");
    }

    @Test
    void aDatabaseThatIsReadOnlyIsNamedWithTheWayOut() {
        byDefault("default_transaction_read_only = on");
        isRefused("for this database", "ALTER DATABASE " + name() + " RESET");
        lifted("ALTER DATABASE " + name() + " RESET ALL");
        byDefault("session_replication_role = replica");
        isRefused("session_replication_role is replica", "ALTER DATABASE " + name() + " RESET");
    }

    @Test
    void aRoleThatIsReadOnlyIsNamedWithTheWayOut() {
        var role = "reader" + ProcessHandle.current().pid();
        database.run("CREATE ROLE " + role + " SUPERUSER LOGIN PASSWORD 'x'");
        database.whenDropped("DROP ROLE " + role);
        database.run("ALTER ROLE " + role + " SET default_transaction_read_only = on");
        var superuser = database.address();
        database.as(role, "x");
        isRefused("for role " + role, "ALTER ROLE " + SqlLiterals.name(role) + " RESET");
        database.as(superuser);
        database.run("ALTER ROLE " + role + " RESET ALL");
        database.run(
                "ALTER ROLE %s IN DATABASE %s SET default_transaction_read_only = on"
                        .formatted(role, name()));
        database.as(role, "x");
        isRefused(role + " in this database", "IN DATABASE " + name() + " RESET");
        database.as(superuser);
    }

    /** As the remedy says: a session of a read-only database has to lift it for itself first. */
    private void lifted(String sql) {
        try (var session = database.open()) {
            session.script("SET default_transaction_read_only = off", Duration.ofSeconds(5));
            session.script(sql, Duration.ofSeconds(5));
        }
    }

    private void isRefused(String source, String cure) {
        var outcome = new MigrationSetting(database).table("a").up();
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        assertThat(((Outcome.Refused) outcome).reason())
                .hasMessageContaining(source)
                .hasMessageContaining(cure);
    }
}
