// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.engine.SkeinException;
import dev.skein.simulation.site.SimulationRules;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulationMainTest {
    @Test
    void readsWhatIsAskedFor() {
        assertThat(SimulationMain.options("--histories", "3", "--seed", "7"))
                .containsEntry("--histories", 3L)
                .containsEntry("--seed", 7L);
    }

    @Test
    void goesOnFromPartToPart() {
        var hunt =
                SimulationMain.hunt(SimulationMain.options("--histories", "3", "--seed", "7"), 1);
        assertThat(hunt.histories()).isEqualTo(3);
        assertThat(hunt.sum()).startsWith("3 histories").endsWith("0 failed");
        assertThat(hunt.events())
                .isEqualTo(
                        LongStream.of(7, 8, 9)
                                .map(seed ->
                                        History.run(seed, new SimulationRules(), false).events())
                                .sum());
    }

    @Test
    void endsWithItsTime() {
        var options = SimulationMain.options("--histories", "1000000", "--minutes", "0");
        assertThat(SimulationMain.hunt(options, 10).histories()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--histories",
                "--histories x",
                "--seed -1",
                "--seed 9999999999999999999",
                "--nosuch 1",
                "--minutes 525601",
                "--minutes 200000000",
                "7"
            })
    void namesWhatIsWrong(String words) {
        assertThatThrownBy(() -> SimulationMain.options(words.split(" ")))
                .isInstanceOf(SkeinException.class)
                .hasMessageContaining(words.split(" ")[0]);
    }
}
