// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MutantTest {
    private static final int HISTORIES = 20_000;
    private static final int PART = 200;

    /** In whole parts, so that it does not matter which of them a worker is through with first. */
    @ParameterizedTest
    @EnumSource(Mutant.class)
    void aBrokenRuleIsNoticed(Mutant mutant) {
        var hunt = new HistoryHunt(mutant.rules());
        for (int done = 0; done < HISTORIES && !shows(hunt, mutant); done += PART) {
            hunt.run(1 + done, PART, Integer.MAX_VALUE);
        }
        System.out.println(mutant + ": " + hunt.sum());
        assertThat(shows(hunt, mutant)).as(hunt.text()).isTrue();
    }

    private static boolean shows(HistoryHunt hunt, Mutant mutant) {
        return hunt.failed().stream()
                .flatMap(one -> one.broken().stream())
                .anyMatch(line -> line.startsWith(mutant.shows()));
    }
}
