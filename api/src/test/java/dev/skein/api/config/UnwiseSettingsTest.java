// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class UnwiseSettingsTest {
    @Test
    void silenceThatIsOverBeforeOthersReadIsSaidWithWhatToSet() {
        assertThat(UnwiseSettings.silence(Duration.ofMillis(8_500)))
                .singleElement()
                .asString()
                .contains("skein.api.silence is 8.5 s", "Set at least 45 s");
        assertThat(UnwiseSettings.silence(Duration.ofSeconds(44))).hasSize(1);
        assertThat(UnwiseSettings.silence(Duration.ofSeconds(45))).isEmpty();
    }
}
