// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.execute.order.Brake;
import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.order.MigrationOrder;
import dev.skein.engine.execute.order.Outcome;
import dev.skein.engine.execute.order.Progress;
import dev.skein.engine.execute.order.UnacceptedDrift;
import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.plan.Step;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.testing.MigrationSetting;
import dev.skein.engine.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of a schema waits for whoever has locked a part of it. */
class LockedSchemaTest {
    private static final Duration BOUND = Duration.ofMinutes(2);

    @RegisterExtension final TestDatabase database = new TestDatabase();
    private MigrationSetting given = new MigrationSetting(database);

    /** Somebody whose transaction holds what a view is made of, and so the view's text. */
    private final class Somebody implements AutoCloseable {
        private final PgSession session = database.open();

        void locks() {
            session.script("BEGIN; TRUNCATE other", BOUND);
        }

        void letsGo() {
            session.script("ROLLBACK", BOUND);
        }

        @Override
        public void close() {
            session.close();
        }
    }

    @BeforeEach
    void aViewIsOnATableThatNoRevisionNames() {
        database.run("CREATE TABLE other (id int); CREATE VIEW seen AS SELECT id FROM other");
        given = new MigrationSetting(database).table("a");
    }

    /** A kind of object that no revision has: its print is read only behind the last commit. */
    private void aTriggerIsThere() {
        database.run(
                "CREATE FUNCTION quiet() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW;"
                        + " END'; CREATE TRIGGER quiet BEFORE INSERT ON other FOR EACH ROW EXECUTE"
                        + " FUNCTION quiet()");
    }

    private JournalState state() {
        try (var session = database.open()) {
            return new Journal(session, "").read().orElseThrow();
        }
    }

    private Outcome up(MigrationOrder order, Progress progress) {
        return new Migrator(database.client(), Clock.systemUTC()).run(order, Brake.OFF, progress);
    }

    private MigrationOrder upgrade(@Nullable Long generation) {
        return given.order(new Goal.Upgrade("heads"), generation);
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void aRunWaitsForWhoeverHoldsAPartOfTheSchema() {
        given.up();
        given.table("b");
        var attempts = new AtomicInteger();
        try (var somebody = new Somebody()) {
            somebody.locks();
            var progress =
                    new Progress() {
                        @Override
                        public void readingAgain(String reason, Duration pause) {
                            assertThat(reason).contains("lock timeout");
                            if (attempts.incrementAndGet() == 2) {
                                somebody.letsGo();
                            }
                        }
                    };
            assertThat(up(upgrade(null), progress)).isInstanceOf(Outcome.Done.class);
        }
        assertThat(attempts).hasValue(2);
        assertThat(state().heads()).containsExactly("b");
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void aPrecheckWaitsForThemAsWell() {
        given.revision(
                "b",
                "--@ precheck\nSELECT count(*) = 0 FROM other;\n--@ upgrade\nCREATE TABLE b ();\n");
        try (var somebody = new Somebody()) {
            somebody.locks();
            assertThat(up(upgrade(null), Progress.NONE))
                    .isInstanceOfSatisfying(
                            Outcome.Refused.class,
                            refused ->
                                    assertThat(refused.reason())
                                            .hasMessageContaining("the precheck at b.sql:")
                                            .hasMessageContaining("lock timeout"));
            var progress =
                    new Progress() {
                        @Override
                        public void readingAgain(String reason, Duration pause) {
                            somebody.letsGo();
                        }
                    };
            assertThat(up(upgrade(null), progress)).isInstanceOf(Outcome.Done.class);
        }
    }

    @Test
    void whatIsLockedForGoodIsToldBeforeAnythingIsDone() {
        given.up();
        given.table("b");
        try (var somebody = new Somebody()) {
            somebody.locks();
            var outcome = up(upgrade(null), Progress.NONE);
            assertThat(outcome).isInstanceOf(Outcome.Refused.class);
            somebody.letsGo();
        }
        assertThat(state().heads()).containsExactly("a");
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @NullSource
    @ValueSource(longs = 7)
    void whatIsAppliedIsDoneThoughNobodyCouldSeeWhatItLeft(@Nullable Long generation) {
        aTriggerIsThere();
        try (var somebody = new Somebody()) {
            var progress =
                    new Progress() {
                        @Override
                        public void done(Step step, Duration took) {
                            somebody.locks();
                        }
                    };
            var outcome = up(upgrade(generation), progress);
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Outcome.Done.class,
                            done -> {
                                assertThat(done.path()).containsExactly("a");
                                assertThat(done.fingerprint()).isNull();
                            });
            assertThat(state().fingerprint()).isNull();
            assertThat(given.history().getLast())
                    .satisfies(e -> {
                        assertThat(e.kind()).isEqualTo(EntryKind.OBSERVED);
                        assertThat(e.fingerprint()).isNull();
                        assertThat(e.millis()).isNotNull();
                    });
            assertThat(given.up()).isInstanceOf(Outcome.Done.class); // and still nobody can
            assertThat(state().fingerprint()).isNull();
            somebody.letsGo();
        }
        assertThat(given.upAccepting()).isInstanceOf(Outcome.Done.class);
        assertThat(state().fingerprint()).isNotNull();
        database.run("ALTER TABLE a ADD COLUMN hand int");
        given.table("b");
        assertThat(given.up())
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused ->
                                assertThat(refused.reason()).isInstanceOf(UnacceptedDrift.class));
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aStepOutsideATransactionWaitsForThemAndIsAppliedAllTheSame(boolean forGood) {
        given.up();
        given.revision("b", "--@ transaction: none\n--@ upgrade\nVACUUM a;\n");
        try (var somebody = new Somebody()) {
            var progress =
                    new Progress() {
                        private boolean waited;

                        @Override
                        public void running(Step step, int statement, int statements) {
                            somebody.locks();
                        }

                        @Override
                        public void readingAgain(String reason, Duration pause) {
                            if (!forGood && !waited) {
                                somebody.letsGo();
                            }
                            waited = true;
                        }
                    };
            var order = upgrade(null);
            assertThat(up(order, progress)).isInstanceOf(Outcome.Done.class);
            assertThat(state().fingerprint() == null).isEqualTo(forGood);
            assertThat(given.kinds()).endsWith("outcome", "applied", "observed");
            somebody.letsGo();
        }
        assertThat(given.upAccepting()).isInstanceOf(Outcome.Done.class);
        assertThat(state().fingerprint()).isNotNull();
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void anEmptyHistoryIsNotHeldAgainstAnybody() {
        given = new MigrationSetting(database);
        assertThat(given.up()).isInstanceOf(Outcome.Done.class);
        assertThat(given.up()).isInstanceOf(Outcome.Done.class);
        assertThat(state().fingerprint()).isNull();
    }
}
