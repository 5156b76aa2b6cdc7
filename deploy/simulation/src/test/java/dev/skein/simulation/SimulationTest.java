// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.simulation.site.SimulationRules;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private static final int HISTORIES = 20_000;
    private static final int MOST = 5;

    @Test
    void everythingHoldsInTwentyThousandHistories() {
        long seed = Long.getLong("skein.simulation.seed", 1);
        var hunt = new HistoryHunt(new SimulationRules()).run(seed, HISTORIES, MOST);
        System.out.print(hunt.text());
        assertThat(hunt.failed()).as(hunt.text()).isEmpty();
        assertThat(hunt.logged()).as(hunt.text()).isEmpty();
        assertThat(hunt.histories()).isEqualTo(HISTORIES);
        assertThat(hunt.reached())
                .contains(
                        "Created",
                        "Approved",
                        "WaveReleased",
                        "WaveDrained",
                        "WavePassed",
                        "Halted",
                        "Halted silent",
                        "Paused",
                        "Resumed",
                        "Aborted",
                        "Completed",
                        "Skipped",
                        "Doubted",
                        "succeeded",
                        "failed",
                        "aside",
                        "site is removed",
                        "site keeps its agents",
                        "site has no topic",
                        "site is back");
    }

    @Test
    void aSeedTellsItsHistory() {
        var once = History.run(7, new SimulationRules(), true);
        assertThat(History.run(7, new SimulationRules(), true).trace()).isEqualTo(once.trace());
        assertThat(History.run(8, new SimulationRules(), true).trace()).isNotEqualTo(once.trace());
    }
}
