// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.api.rollout.RolloutAction;
import dev.skein.api.store.DirectiveOutcome.End;
import dev.skein.api.testing.OnApiDatabase;
import dev.skein.api.testing.RolloutBench;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which word of an agent counts, and that the counts are always those of the rows. */
class OutcomeStoreTest extends OnApiDatabase {
    private static final String ID = "r";
    private static final int MANY = 30;
    private static final int BATCHES = 200;
    private static final List<End> ENDS = List.of(End.values());

    private RolloutBench bench;

    @BeforeEach
    void begin() {
        migrate("heads");
        bench = new RolloutBench(db);
        bench.begin();
        bench.propose(ID, 1, MANY, MANY / 2);
        bench.approve(ID);
        bench.conductor.advance(ID);
    }

    private String state(int number) {
        return database.value(
                "SELECT state FROM rollout_target WHERE uid = '%s'"
                        .formatted(RolloutBench.uid(number)));
    }

    private static DirectiveOutcome outcome(
            int number, @Nullable String rollout, long generation, End end) {
        return new DirectiveOutcome(
                RolloutBench.uid(number), rollout, generation, end, "X", "said", 1L);
    }

    private List<String> apply(DirectiveOutcome... outcomes) {
        return db.call(tx -> bench.outcomes.apply(tx, List.of(outcomes)));
    }

    /** The counts that are kept, and those of the rows. */
    private void countsAreRight() {
        var kept =
                """
                SELECT concat_ws(' ', open, succeeded, failed, aside, planned) FROM wave_tally
                """;
        var counted =
                """
                SELECT concat_ws(' ', count(*) FILTER (WHERE state IN ('open', 'holding')),
                    count(*) FILTER (WHERE state = 'succeeded'), count(*) FILTER (WHERE state = 'failed'),
                    count(*) FILTER (WHERE state = 'aside'), count(*))
                FROM rollout_target
                """;
        assertThat(database.value(kept)).isEqualTo(database.value(counted));
    }

    @Test
    void whatIsSaidTwiceCountsOnce() {
        var done = outcome(1, ID, bench.generation(1), End.SUCCEEDED);
        assertThat(apply(done)).containsExactly(ID);
        apply(done, done);
        apply(outcome(1, ID, bench.generation(1), End.FAILED));
        assertThat(state(1)).isEqualTo("succeeded");
        countsAreRight();
    }

    @Test
    void theWordOnAnOlderDirectiveCountsForNothing() {
        bench.end(ID, 1, End.SUCCEEDED, bench.generation(1) - 1);
        assertThat(state(1)).isEqualTo("open");
        countsAreRight();
    }

    @Test
    void nothingIsHeldThatWasNotAskedToBe() {
        bench.end(ID, 1, End.HELD);
        assertThat(state(1)).isEqualTo("open");
        bench.on(ID, new RolloutAction.Pause("o", "wait"));
        assertThat(state(1)).isEqualTo("holding");
        bench.end(ID, 1, End.HELD);
        assertThat(state(1)).isEqualTo("pending");
        countsAreRight();
    }

    @Test
    void whatEndedBeforeItWasHeldHasEnded() {
        long asked = bench.generation(1);
        bench.on(ID, new RolloutAction.Pause("o", "wait"));
        assertThat(bench.generation(1)).isGreaterThan(asked);
        bench.end(ID, 1, End.SUCCEEDED, asked);
        assertThat(state(1)).isEqualTo("succeeded");
        countsAreRight();
    }

    @Test
    void ofABatchTheWeightiestCountsOfEachDatabase() {
        long own = bench.generation(1);
        apply(
                outcome(1, ID, own, End.FAILED),
                outcome(1, ID, own - 1, End.SUCCEEDED),
                outcome(1, ID, own, End.HELD));
        assertThat(state(1)).isEqualTo("failed");
        countsAreRight();
    }

    @Test
    void aReportThatNamesNoRolloutIsOfTheOneThatAsked() {
        assertThat(apply(outcome(1, null, bench.generation(1), End.SUCCEEDED))).containsExactly(ID);
        assertThat(state(1)).isEqualTo("succeeded");
    }

    @Test
    void whatNobodyAskedForKeepsNobodyElseWaiting() {
        apply(
                outcome(MANY + 1, ID, 1, End.FAILED),
                outcome(2, "another", 1, End.FAILED),
                outcome(MANY + 2, null, 1, End.FAILED),
                outcome(MANY, ID, 1, End.FAILED),
                outcome(2, ID, bench.generation(2), End.SUCCEEDED));
        assertThat(state(2)).isEqualTo("succeeded");
        assertThat(state(MANY)).as("one that is pending").isEqualTo("pending");
        countsAreRight();
    }

    @Test
    void whateverComesInWhateverOrderTheCountsAreThoseOfTheRows() {
        var random = new Random(4711);
        for (int batch = 0; batch < BATCHES; batch++) {
            var some = new ArrayList<DirectiveOutcome>();
            for (int n = random.nextInt(6); n >= 0; n--) {
                int number = 1 + random.nextInt(MANY + 2);
                var end = ENDS.get(random.nextInt(ENDS.size()));
                some.add(outcome(number, random.nextBoolean() ? ID : null, random.nextInt(5), end));
            }
            db.run(tx -> bench.outcomes.apply(tx, some));
            countsAreRight();
        }
        assertThat(bench.in(ID, "pending")).as("never opened").isPositive();
        assertThat(bench.in(ID, "succeeded") + bench.in(ID, "failed") + bench.in(ID, "aside"))
                .isEqualTo(MANY / 2);
    }
}
