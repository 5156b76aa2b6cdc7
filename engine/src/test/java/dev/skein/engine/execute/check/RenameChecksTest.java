// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.skein.engine.execute.JournalAdoption;
import dev.skein.engine.execute.Migrator;
import dev.skein.engine.execute.order.Brake;
import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.order.MigrationOrder;
import dev.skein.engine.execute.order.Outcome;
import dev.skein.engine.execute.order.Progress;
import dev.skein.engine.execute.order.Scope;
import dev.skein.engine.journal.Author;
import dev.skein.engine.plan.Step;
import dev.skein.engine.testing.MigrationSetting;
import dev.skein.engine.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Schemas that are renamed while somebody works on one of their names. */
class RenameChecksTest {
    private static final String LOCK = "(x'534b4549'::int, hashtext('%s'))";

    @RegisterExtension final TestDatabase database = new TestDatabase();

    private final MigrationSetting setting = new MigrationSetting(database).table("a");

    @BeforeEach
    void oneIsThere() {
        database.run("CREATE SCHEMA t_1");
        assertThat(up("t_1", Progress.NONE)).isInstanceOf(Outcome.Done.class);
    }

    private MigrationOrder order(String schema) {
        return setting.order(new Goal.Upgrade("heads"), null).withScope(Scope.schema(schema));
    }

    private Outcome up(String schema, Progress progress) {
        return new Migrator(database.client(), Clock.systemUTC())
                .run(order(schema), Brake.OFF, progress);
    }

    private void follow(String from, String to) {
        JournalAdoption.run(
                database.client(),
                database.address(),
                Scope.schema(to),
                new Author("tester", null, null),
                new JournalAdoption.Claim(JournalAdoption.Reason.MOVED, false, from),
                Clock.systemUTC());
    }

    private void isHeld(String schema) {
        var asked =
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted"
                        + " AND objid::bigint = hashtext('%s')::bigint & 4294967295"
                                .formatted(schema);
        await().until(() -> database.value(asked).equals("1"));
    }

    @Test
    void aJournalFollowsOnlyWhenNobodyWorksUnderTheNewName() throws Exception {
        database.run("ALTER SCHEMA t_1 RENAME TO t_2");
        try (var other = database.open();
                var runs = Executors.newVirtualThreadPerTaskExecutor()) {
            other.query("SELECT 1 FROM pg_advisory_lock" + LOCK.formatted("t_2"));
            var adoption = runs.submit(() -> follow("t_1", "t_2"));
            isHeld("t_1"); // it has begun
            other.script(
                    """
                    INSERT INTO skein.state SELECT (jsonb_populate_record(s, '{"target": "t_2"}')).*
                        FROM skein.state s\
                    """,
                    Duration.ofSeconds(5));
            other.query("SELECT pg_advisory_unlock" + LOCK.formatted("t_2"));
            assertThatThrownBy(adoption::get).hasMessageContaining("has a journal of its own");
        }
    }

    @Test
    void whoWaitedForTheOldNameMakesNoJournalOfASchemaThatIsGone() throws Exception {
        try (var other = database.open();
                var runs = Executors.newVirtualThreadPerTaskExecutor()) {
            other.query("SELECT 1 FROM pg_advisory_lock" + LOCK.formatted("t_1"));
            var told = new AtomicBoolean();
            var progress =
                    new Progress() {
                        @Override
                        public void waitingForLock(String holder) {
                            told.set(true);
                        }
                    };
            setting.table("b");
            var run = runs.submit(() -> up("t_1", progress));
            await().untilTrue(told);
            database.run("ALTER SCHEMA t_1 RENAME TO t_2; UPDATE skein.state SET target = 't_2'");
            other.query("SELECT pg_advisory_unlock" + LOCK.formatted("t_1"));
            assertThat(((Outcome.Refused) run.get()).reason())
                    .hasMessageContaining("no schema 't_1'");
        }
        assertThat(database.value("SELECT string_agg(target, ',') FROM skein.state"))
                .isEqualTo("t_2");
    }

    @Test
    void nothingLandsInTheNextSchemaWhenItsOwnIsRenamedBetweenTwoSteps() {
        // What is sent ahead in one go has begun before the name is given away.
        setting.revision("b", "--@ transaction: none\n--@ upgrade\nVACUUM a;\n").table("c");
        var progress =
                new Progress() {
                    @Override
                    public void done(Step step, Duration took) {
                        if (step.revision().equals("b")) {
                            database.run("ALTER SCHEMA t_1 RENAME TO t_2");
                        }
                    }
                };
        var outcome = up("t_1", progress);
        assertThat(database.value("SELECT to_regclass('public.c') IS NULL")).isEqualTo("true");
        assertThat(outcome).isNotInstanceOf(Outcome.Done.class);
        follow("t_1", "t_2");
        assertThat(up("t_2", Progress.NONE)).isInstanceOf(Outcome.Done.class);
    }
}
