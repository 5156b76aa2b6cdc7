// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class ClockWatchTest {
    @Test
    void whyAProcessEndsIsSaidWithWhatToDo() {
        assertThat(ClockWatch.reason(Duration.ofHours(1)))
                .hasMessageContainingAll("set back by 3600 s", "Kafka's client", "exit code 75");
    }

    @Test
    void whatALookMissesOfASecondIsNotSaid() {
        assertThat(ClockWatch.reason(Duration.ofHours(1).minusNanos(1_000)))
                .hasMessageContaining("set back by 3600 s");
    }
}
