// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.journal.Journal;
import dev.skein.engine.postgres.SqlLiterals;
import dev.skein.engine.testing.MigrationSetting;
import dev.skein.engine.testing.TestDatabase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tenants that are schemas of one database. */
class ScopeTest {
    @RegisterExtension final TestDatabase database = new TestDatabase();

    private final MigrationSetting setting = new MigrationSetting(database);

    private Outcome run(String schema, Goal goal) {
        var order = setting.order(goal, null);
        var scoped =
                new MigrationOrder(
                        order.address(),
                        Scope.schema(schema),
                        order.scripts(),
                        order.goal(),
                        order.author(),
                        order.limits());
        return setting.run(scoped, Brake.OFF);
    }

    private Outcome up(String schema) {
        return run(schema, new Goal.Upgrade("heads"));
    }

    private void revisions() {
        setting.revision(
                        "a",
                        "--@ upgrade\n"
                            + "CREATE TABLE t (id int PRIMARY KEY, note text);\n"
                            + "CREATE INDEX t_note ON t (note);\n"
                            + "CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS 'SELECT count(*)"
                            + " FROM t';\n"
                            + "CREATE VIEW v AS SELECT id FROM t;\n"
                            + "--@ downgrade\n"
                            + "DROP VIEW v; DROP FUNCTION f(); DROP TABLE t;")
                .revision(
                        "b",
                        "--@ transaction: none\n--@ upgrade\nCREATE INDEX CONCURRENTLY t_id2 ON t"
                                + " (id, note);\n--@ downgrade\nDROP INDEX CONCURRENTLY t_id2;");
    }

    @Test
    void eachSchemaHasItsOwnObjectsHistoryAndTheSameFingerprint() {
        database.run("CREATE SCHEMA one; CREATE SCHEMA \"Two 2\"");
        revisions();
        var one = (Outcome.Done) up("one");
        var two = (Outcome.Done) up("Two 2");
        assertThat(one.fingerprint()).isNotNull().isEqualTo(two.fingerprint());
        assertThat(database.value("SELECT to_regclass('\"Two 2\".t_id2') IS NOT NULL"))
                .isEqualTo("true");
        assertThat(database.value("SELECT to_regclass('public.t') IS NULL")).isEqualTo("true");
        assertThat(run("one", new Goal.Downgrade("base"))).isInstanceOf(Outcome.Done.class);
        assertThat(database.value("SELECT to_regclass('one.t') IS NULL")).isEqualTo("true");
        try (var session = database.open()) {
            assertThat(new Journal(session, "one").read().orElseThrow().heads()).isEmpty();
            assertThat(new Journal(session, "Two 2").read().orElseThrow().heads())
                    .containsExactly("b");
            assertThat(new Journal(session, "").read()).isEmpty();
        }
    }

    @Test
    void aDifferenceInOneSchemaIsSeen() {
        database.run("CREATE SCHEMA one; CREATE SCHEMA two");
        revisions();
        up("one");
        database.run("ALTER TABLE one.t ADD COLUMN by_hand int");
        setting.table("c");
        var refused = (Outcome.Refused) up("one");
        assertThat(refused.reason()).isInstanceOf(UnacceptedDrift.class);
        assertThat(up("two")).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void theSecondSchemaNeedsNoRightOnTheDatabase() {
        var role = "mover" + ProcessHandle.current().pid();
        database.run("CREATE ROLE " + role + " LOGIN PASSWORD 'x'");
        database.whenDropped("DROP ROLE " + role);
        var name = SqlLiterals.name(database.address().database());
        database.run("GRANT CREATE ON DATABASE " + name + " TO " + role);
        var superuser = database.address();
        database.as(role, "x");
        database.run("CREATE SCHEMA one; CREATE SCHEMA two");
        setting.revision("z", "--@ upgrade\nCREATE TABLE t (id int);\n");
        assertThat(up("one")).isInstanceOf(Outcome.Done.class);
        database.as(superuser);
        database.run("REVOKE CREATE ON DATABASE " + name + " FROM " + role);
        database.as(role, "x");
        assertThat(up("two")).isInstanceOf(Outcome.Done.class);
        database.as(superuser);
    }

    @Test
    void aCopyOfTheSchemaAloneIsNotTakenForANewDatabase() {
        setting.table("z").up();
        database.run("TRUNCATE skein.state, skein.entry, skein.relay");
        var refused = (Outcome.Refused) setting.up();
        assertThat(refused.reason()).hasMessageContaining("pg_dump -s");
        database.run("DROP SCHEMA skein CASCADE");
        setting.run(new Goal.Stamp(List.of("z"), false));
        assertThat(setting.up()).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void manySchemasAtOnce() throws Exception {
        revisions();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 6; i++) {
            database.run("CREATE SCHEMA s" + i);
        }
        var outcomes = java.util.Collections.synchronizedList(new ArrayList<Outcome>());
        for (int i = 0; i < 6; i++) {
            var schema = "s" + i;
            threads.add(Thread.ofVirtual().start(() -> outcomes.add(up(schema))));
        }
        for (var thread : threads) {
            thread.join();
        }
        assertThat(outcomes).hasSize(6).allMatch(o -> o instanceof Outcome.Done);
        var prints =
                new HashSet<>(
                        outcomes.stream().map(o -> ((Outcome.Done) o).fingerprint()).toList());
        assertThat(prints).hasSize(1);
    }

    @Test
    void aSchemaThatIsNotThereIsNamed() {
        revisions();
        var refused = (Outcome.Refused) up("nobody");
        assertThat(refused.reason()).hasMessageContaining("no schema 'nobody'");
        assertThat(refused.reason().remedy()).isEqualTo("Create it: CREATE SCHEMA \"nobody\"");
        assertThat(List.of(database.value("SELECT to_regclass('skein.state') IS NULL")))
                .containsExactly("true");
    }
}
