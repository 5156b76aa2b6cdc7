// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.engine.SkeinException;
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
        var hunt = Main.hunt(Main.options("--histories", "3", "--seed", "7"));
        assertThat(hunt.histories()).isEqualTo(3);
        assertThat(hunt.sum()).startsWith("3 histories").endsWith("0 failed");
    }

    @Test
    void endsWithItsTime() {
        var hunt = Main.hunt(Main.options("--histories", "1000000", "--minutes", "0"));
        assertThat(hunt.histories()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--histories",
                "--histories x",
                "--seed -1",
                "--seed 9999999999999999999",
                "--nosuch 1",
                "7"
            })
    void namesWhatIsWrong(String words) {
        assertThatThrownBy(() -> Main.options(words.split(" ")))
                .isInstanceOf(SkeinException.class)
                .hasMessageContaining(words.split(" ")[0]);
    }
}
