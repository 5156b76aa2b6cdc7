// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.api.rollout.WaveTally;
import dev.skein.simulation.site.SimulationRules;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class HistoryHuntTest {
    private static final Logger SKEIN = Logger.getLogger("dev.skein");
    private static final Logger DEEP = Logger.getLogger("dev.skein.api.conductor");

    /** Rules of a control plane that says what is wrong, and goes on. */
    private static final class Grumbling extends SimulationRules {
        @Override
        public WaveTally tally(WaveTally counted) {
            DEEP.log(Level.WARNING, "a small thing");
            DEEP.log(Level.SEVERE, "the tally is odd", new IllegalStateException("of wave 1"));
            return counted;
        }
    }

    @Test
    void saysWhatWasLoggedAsAnError() {
        var hunt = new HistoryHunt(new Grumbling()).run(1, 5, 1);
        assertThat(hunt.logged())
                .containsOnlyKeys("the tally is odd: java.lang.IllegalStateException: of wave 1");
        assertThat(hunt.logged().values()).allMatch(seed -> seed >= 1 && seed <= 5);
        assertThat(hunt.text()).contains("logged as errors: ", "the tally is odd");
    }

    @Test
    void leavesLoggingAsItWas() {
        var before = SKEIN.getLevel();
        try {
            SKEIN.setLevel(Level.FINE);
            new HistoryHunt(new SimulationRules()).run(1, 1, 1);
            assertThat(SKEIN.getLevel()).isEqualTo(Level.FINE);
            assertThat(SKEIN.getUseParentHandlers()).isTrue();
        } finally {
            SKEIN.setLevel(before);
        }
    }

    @Test
    @Timeout(60)
    void endsWithinAPart() {
        var hunt =
                new HistoryHunt(new SimulationRules(), Duration.ofMillis(500))
                        .run(1, 10_000_000, 1);
        assertThat(hunt.histories()).isLessThan(10_000_000);
        assertThat(hunt.isOver()).isTrue();
    }
}
