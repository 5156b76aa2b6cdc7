// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FaultsTest {
    private static final int FAULTS = 200;
    private static final int KINDS = 20;

    /** Some of them cannot happen while another one is in the way. */
    private static final int MORE = 10;

    /** A minute on a machine of its own, and half of one more on those that run tests. */
    private static final Duration REST = Duration.ofSeconds(90);

    @Test
    void everythingHoldsUnderTwoHundredFaults() throws Exception {
        var options =
                new FaultOptions(
                        FAULTS,
                        Long.getLong("skein.faults.seed", 13),
                        FAULTS / 3 + MORE,
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(5),
                        REST,
                        Optional.empty());
        var report = FaultsMain.run(options, System.getProperty("skein.root"));
        System.out.print(report.text());
        assertThat(report.violations()).isEmpty();
        assertThat(report.faults()).isGreaterThanOrEqualTo(FAULTS);
        assertThat(report.kinds()).isGreaterThanOrEqualTo(KINDS);
        assertThat(ProcessHandle.current().children()).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void aSeedTellsWhichFaultsThereAre() {
        var options = FaultOptions.parse("--faults", "30", "--seed", "7", "--per-round", "30");
        assertThat(new FaultRound(options, 2)).hasToString(new FaultRound(options, 2).toString());
        assertThat(new FaultRound(options, 3).toString())
                .isNotEqualTo(new FaultRound(options, 2).toString());
    }
}
