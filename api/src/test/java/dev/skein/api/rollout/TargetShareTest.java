// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("quick")
class TargetShareTest {
    @ParameterizedTest
    @ValueSource(strings = {"all", "3", "5%", "0.5%", "1 per site"})
    void comesBackAsWritten(String text) {
        assertThat(TargetShare.parse(text)).hasToString(text);
    }

    @Test
    void takesUpAndAllowsDown() {
        assertThat(TargetShare.parse("5%").taken(30)).isEqualTo(2);
        assertThat(TargetShare.parse("5%").allowed(30)).isEqualTo(1);
        assertThat(TargetShare.parse("3").taken(2)).isEqualTo(2);
        assertThat(TargetShare.ALL.taken(7)).isEqualTo(7);
        assertThat(TargetShare.NONE.allowed(7)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.5", "101%", "some", "5 %%"})
    void refusesTheRest(String text) {
        assertThatThrownBy(() -> TargetShare.parse(text)).hasMessageContaining("Share '");
    }
}
