// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.engine.SkeinException;
import dev.skein.simulation.site.Rules;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    @Test
    void readsWhatIsAskedFor() {
        assertThat(Main.options("--histories", "3", "--seed", "7"))
                .containsEntry("--histories", 3L)
                .containsEntry("--seed", 7L);
    }

    @Test
    void goesOnFromPartToPart() {
        var hunt = Main.hunt(Main.options("--histories", "3", "--seed", "7"), 1);
        assertThat(hunt.histories()).isEqualTo(3);
        assertThat(hunt.sum()).startsWith("3 histories").endsWith("0 failed");
        assertThat(hunt.events())
                .isEqualTo(
                        LongStream.of(7, 8, 9)
                                .map(seed -> History.run(seed, new Rules(), false).events())
                                .sum());
    }

    @Test
    void endsWithItsTime() {
        var options = Main.options("--histories", "1000000", "--minutes", "0");
        assertThat(Main.hunt(options, 10).histories()).isZero();
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
        assertThatThrownBy(() -> Main.options(words.split(" ")))
                .isInstanceOf(SkeinException.class)
                .hasMessageContaining(words.split(" ")[0]);
    }
}
