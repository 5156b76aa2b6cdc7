// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class RecordLagTest {
    private final RecordLag lag = new RecordLag();

    @Test
    void nothingIsMeasuredBeforeSomebodyLooked() {
        assertThat(lag.records()).isZero();
        assertThat(lag.measured()).isNaN();
    }

    @Test
    void whatIsBeingStoredWaitsToo() {
        lag.unread(5);
        lag.storing(3);
        assertThat(lag.records()).isEqualTo(8);
        assertThat(lag.measured()).isEqualTo(8);
        lag.stored(3);
        assertThat(lag.records()).isEqualTo(5);
    }

    @Test
    void whatWaitsIsCountedWithWhatWasBeingStored() {
        lag.unread(5);
        lag.storing(3);
        lag.waiting(9);
        assertThat(lag.records()).isEqualTo(9);
    }

    @Test
    void whoHasLostItKnowsTheLastNumberAndMeasuresNone() {
        lag.unread(5);
        lag.lost();
        assertThat(lag.records()).isEqualTo(5);
        assertThat(lag.measured()).isNaN();
    }
}
