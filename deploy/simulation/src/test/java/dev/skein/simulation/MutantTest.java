// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MutantTest {
    private static final int HISTORIES = 20_000;

    @ParameterizedTest
    @EnumSource(Mutant.class)
    void aBrokenRuleIsNoticed(Mutant mutant) {
        var hunt = new Hunt(mutant.rules()).run(1, HISTORIES, 1);
        System.out.println(mutant + ": " + hunt.text());
        assertThat(hunt.failed()).as(hunt.text()).isNotEmpty();
        assertThat(hunt.failed().getFirst().broken())
                .anyMatch(one -> one.startsWith(mutant.shows()));
    }
}
