// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.engine.SkeinException;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class WrittenTimeTest {
    @Test
    void aDayBeginsAtMidnightInUtc() {
        assertThat(WrittenTime.parse("2026-11-23"))
                .isEqualTo(OffsetDateTime.parse("2026-11-23T00:00:00Z"));
    }

    @Test
    void anInstantIsTakenAsItIs() {
        assertThat(WrittenTime.parse("2026-11-23T04:05:06Z"))
                .isEqualTo(OffsetDateTime.parse("2026-11-23T04:05:06Z"));
    }

    @Test
    void whereNothingIsWrittenThereIsNoTime() {
        assertThat(WrittenTime.parse(null)).isNull();
        assertThat(WrittenTime.parse(" ")).isNull();
    }

    @Test
    void whatIsNoTimeIsRefused() {
        assertThatThrownBy(() -> WrittenTime.parse("yesterday"))
                .isInstanceOf(SkeinException.class)
                .hasMessageContaining("Time 'yesterday'");
    }
}
