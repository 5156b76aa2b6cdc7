// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.execute.order.AcceptedDrift;
import dev.skein.engine.execute.order.Brake;
import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.order.Outcome;
import dev.skein.engine.execute.order.Progress;
import dev.skein.engine.execute.order.UnacceptedDrift;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.plan.Step;
import dev.skein.engine.script.BatchDirective;
import dev.skein.engine.testing.MigrationSetting;
import dev.skein.engine.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody else changes while a run waits in its middle. */
class BetweenStepsTest {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String BY_HAND = "CREATE TABLE hand (id int)";

    @RegisterExtension final TestDatabase database = new TestDatabase();
    private MigrationSetting given = new MigrationSetting(database);

    @BeforeEach
    void oneIsApplied() {
        given = new MigrationSetting(database).table("a");
        assertThat(given.up()).isInstanceOf(Outcome.Done.class);
        given.table("b");
    }

    private JournalState state() {
        try (var session = database.open()) {
            return new Journal(session, "").read().orElseThrow();
        }
    }

    private Outcome up(@Nullable AcceptedDrift accepted, Progress progress) {
        var order = given.order(new Goal.Upgrade("heads"), null).withDrift(accepted);
        return new Migrator(database.client(), Clock.systemUTC()).run(order, Brake.OFF, progress);
    }

    private void isRefusedAt(String head, Outcome outcome) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused ->
                                assertThat(refused.reason())
                                        .isInstanceOf(UnacceptedDrift.class)
                                        .hasMessageContaining("added table public.hand"));
        assertThat(state().heads()).containsExactly(head);
    }

    /** Runs into a lock of somebody who changes the schema before letting go. */
    private Outcome upAgainstALock(@Nullable AcceptedDrift accepted) {
        given.revision("c", "--@ upgrade\nALTER TABLE a ADD COLUMN more int;\n");
        try (var somebody = database.open()) {
            somebody.script("BEGIN; LOCK TABLE a IN ACCESS SHARE MODE", SOON);
            return up(
                    accepted,
                    new Progress() {
                        @Override
                        public void retrying(Step step, String reason, Duration pause) {
                            assertThat(step.revision()).isEqualTo("c");
                            somebody.script(BY_HAND + "; COMMIT", SOON);
                        }
                    });
        }
    }

    @Test
    void whileAStepIsTriedAgainIsRefused() {
        isRefusedAt("b", upAgainstALock(null));
        database.run("DROP TABLE hand");
        assertThat(given.up()).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void orIsInTheJournalWithTheReasonThatWasGiven() {
        var kept = new AcceptedDrift("kept", null);
        assertThat(upAgainstALock(kept)).isInstanceOf(Outcome.Done.class);
        assertThat(given.kinds()).endsWith("applied", "adopted", "applied", "observed");
    }

    /** Lets questions about a table wait for somebody who changes the schema meanwhile. */
    private Outcome upWhileQuestionsWait() {
        try (var somebody = database.open()) {
            somebody.script("BEGIN; LOCK TABLE held IN ACCESS EXCLUSIVE MODE", SOON);
            return up(
                    null,
                    new Progress() {
                        @Override
                        public void retrying(Step step, String reason, Duration pause) {
                            readingAgain(reason, pause);
                        }

                        @Override
                        public void readingAgain(String reason, Duration pause) {
                            somebody.script(BY_HAND + "; COMMIT", SOON);
                        }
                    });
        }
    }

    @Test
    void whileQuestionsBeforeTheFirstStepWaitIsRefused() {
        given.table("held");
        assertThat(given.up()).isInstanceOf(Outcome.Done.class);
        given.revision(
                "c", "--@ precheck\nSELECT count(*) = 0 FROM held;\n--@ upgrade\nSELECT 1;\n");
        isRefusedAt("held", upWhileQuestionsWait());
    }

    @Test
    void whileChecksOfEarlierRevisionsWaitIsRefused() {
        given.revision(
                "held",
                "--@ upgrade\nCREATE TABLE held (id int);\n"
                        + "--@ verify: after\nSELECT count(*) > 0 FROM held;\n");
        assertThat(given.up()).isInstanceOf(Outcome.Failed.class);
        database.run("INSERT INTO held VALUES (1)");
        given.table("c");
        isRefusedAt("held", upWhileQuestionsWait());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--@ transaction: none\n--@ upgrade\nVACUUM a;\n",
                "--@ precheck\nSELECT count(*) >= 0 FROM b;\n--@ upgrade\nCREATE TABLE c ();\n"
            })
    void beforeAStepThatDoesNotFollowCloselyIsRefused(String sections) {
        given.revision("c", sections);
        var progress =
                new Progress() {
                    @Override
                    public void done(Step step, Duration took) {
                        database.run(BY_HAND);
                    }
                };
        isRefusedAt("b", up(null, progress));
    }

    @Test
    void duringALongChangeOfRowsIsRefusedBeforeItCounts() {
        database.run(
                "INSERT INTO a SELECT generate_series(1, 10); ALTER TABLE a ADD PRIMARY KEY (id)");
        assertThat(given.upAccepting()).isInstanceOf(Outcome.Done.class);
        given.revision(
                "c",
                "--@ batch: a by id, 5 rows\n--@ upgrade\n"
                        + "UPDATE a SET id = id WHERE id BETWEEN :from AND :to;\n");
        var progress =
                new Progress() {
                    @Override
                    public void batched(Step step, long rows, BatchDirective batch) {
                        if (rows == 5) {
                            database.run(BY_HAND);
                        }
                    }
                };
        isRefusedAt("b", up(null, progress));
        database.run("DROP TABLE hand");
        assertThat(given.up()).isInstanceOf(Outcome.Done.class);
        assertThat(state().heads()).containsExactly("c");
    }
}
