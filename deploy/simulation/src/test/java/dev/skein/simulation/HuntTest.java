// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.simulation.site.Rules;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class HuntTest {
    @Test
    @Timeout(60)
    void endsWithinAPart() {
        var hunt = new Hunt(new Rules(), Duration.ofMillis(500)).run(1, 10_000_000, 1);
        assertThat(hunt.histories()).isLessThan(10_000_000);
        assertThat(hunt.isOver()).isTrue();
    }
}
