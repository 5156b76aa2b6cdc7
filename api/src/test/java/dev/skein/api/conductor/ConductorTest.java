// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.conductor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.api.rollout.RolloutAction;
import dev.skein.api.rollout.RolloutSpec.WaveSpec;
import dev.skein.api.rollout.TargetShare;
import dev.skein.api.store.DirectiveOutcome.End;
import dev.skein.api.testing.OnApiDatabase;
import dev.skein.api.testing.RolloutBench;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is next for a rollout, from its decisions and its counts alone. */
class ConductorTest extends OnApiDatabase {
    private static final String ID = "r";
    private static final int EACH = 3;

    private RolloutBench bench;

    @BeforeEach
    void begin() {
        migrate("heads");
        bench = new RolloutBench(db);
        bench.begin();
    }

    private static WaveSpec wave(String name, Duration soak, String budget, int parallel) {
        return new WaveSpec(name, TargetShare.ALL, soak, TargetShare.parse(budget), parallel);
    }

    private void start(WaveSpec... waves) {
        bench.propose(ID, List.of(waves), 1, EACH);
        bench.approve(ID);
        bench.conductor.advance(ID);
    }

    private void end(End how, int... databases) {
        for (int number : databases) {
            bench.end(ID, number, how);
        }
        bench.conductor.advance(ID);
    }

    private String row(String columns) {
        return database.value("SELECT %s FROM rollout WHERE id = 'r'".formatted(columns));
    }

    private String events() {
        return database.value("SELECT count(*) FROM event WHERE stream = 'rollout/r'");
    }

    private String states(int wave) {
        return database.value(
                "SELECT string_agg(state, ' ' ORDER BY place) FROM rollout_target WHERE wave = "
                        + wave);
    }

    @Test
    void nothingBeginsBeforeSomebodyElseApproves() {
        bench.propose(ID, List.of(wave("all", Duration.ZERO, "0", EACH)), 1, EACH);
        bench.conductor.advance(ID);
        assertThat(states(0)).isEqualTo("pending pending pending");
        assertThat(database.value("SELECT count(*) FROM directive")).isEqualTo("0");
    }

    @Test
    void freePlacesAreFilledInTheirOrderAsOthersEnd() {
        start(wave("all", Duration.ZERO, "0", 2));
        assertThat(states(0)).isEqualTo("open open pending");
        end(End.SUCCEEDED, 2);
        assertThat(states(0)).isEqualTo("open succeeded open");
        end(End.SUCCEEDED, 1, 3);
        assertThat(row("status")).isEqualTo("completed");
    }

    @Test
    void aWaveBeginsWhenTheOneBeforeItHasPassed() {
        start(wave("canary", Duration.ZERO, "0", EACH), wave("rest", Duration.ZERO, "0", 1));
        end(End.SUCCEEDED, 1, 2);
        assertThat(states(1)).isEqualTo("pending pending pending");
        end(End.SUCCEEDED, 3);
        assertThat(states(1)).isEqualTo("open pending pending");
        assertThat(row("wave")).isEqualTo("1");
    }

    @Test
    void aSoakKeepsTheNextWaveWaitingAndSaysUntilWhen() {
        start(wave("canary", Duration.ofHours(1), "0", EACH), wave("rest", Duration.ZERO, "0", 1));
        end(End.SUCCEEDED, 1, 2, 3);
        assertThat(states(1)).isEqualTo("pending pending pending");
        assertThat(
                        database.value(
                                """
                                SELECT count(*) FROM deadline WHERE rollout = 'r'
                                    AND at BETWEEN now() + interval '59 min' AND now() + interval '61 min'
                                """))
                .isEqualTo("1");
    }

    @Test
    void aFailureWithinTheBudgetStopsNobody() {
        start(wave("all", Duration.ZERO, "1", 2));
        end(End.FAILED, 1);
        assertThat(states(0)).isEqualTo("failed open open");
        end(End.SUCCEEDED, 2, 3);
        assertThat(row("status")).isEqualTo("completed");
    }

    @Test
    void aFailureBeyondTheBudgetHaltsAndHoldsWhatIsOpen() {
        start(wave("all", Duration.ZERO, "0", 2));
        end(End.FAILED, 1);
        assertThat(row("status")).isEqualTo("halted");
        assertThat(states(0)).isEqualTo("failed holding pending");
        bench.on(ID, new RolloutAction.Abort("o", "enough"));
        end(End.HELD, 2);
        assertThat(states(0)).isEqualTo("failed pending pending");
        assertThat(row("status")).isEqualTo("aborted");
    }

    @Test
    void whatIsSetAsideIsNoFailure() {
        start(wave("all", Duration.ZERO, "0", EACH));
        end(End.SET_ASIDE, 1);
        end(End.SUCCEEDED, 2, 3);
        assertThat(row("status")).isEqualTo("completed");
    }

    @Test
    void whereNothingIsDueNothingIsDecided() {
        start(wave("all", Duration.ZERO, "0", 2));
        var before = events() + states(0) + bench.generation(1);
        bench.conductor.advance(ID);
        bench.conductor.advance(ID);
        assertThat(events() + states(0) + bench.generation(1)).isEqualTo(before);
    }

    @Test
    void whoeverDoesNotAnswerInTimeHasFailed() {
        start(wave("all", Duration.ZERO, "1", EACH));
        assertThat(bench.conductor.endOverdue()).isEmpty();
        database.run(
                "UPDATE directive SET ends_at = now() - interval '1 s' WHERE uid = '%s'"
                        .formatted(RolloutBench.uid(2)));
        assertThat(bench.conductor.endOverdue()).containsExactly(ID);
        assertThat(states(0)).isEqualTo("open failed open");
    }
}
