// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import java.time.Duration;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class PlanningTurnsTest {
    @Test
    void whoeverFindsNoTurnIsToldToTryAgain() {
        var turns = new PlanningTurns(1, Duration.ofMillis(10));
        turns.run(
                "r",
                () ->
                        assertThatThrownBy(() -> turns.call("s", () -> "never"))
                                .hasMessage(
                                        "s: no turn was free within 0 s: others are planned. Try"
                                                + " again")
                                .asInstanceOf(InstanceOfAssertFactories.type(SkeinException.class))
                                .extracting(SkeinException::code)
                                .isEqualTo(ErrorCode.INTERRUPTED));
        assertThat(turns.call("s", () -> "now")).isEqualTo("now");
    }

    @Test
    void aTurnThatFailsIsOver() {
        var turns = new PlanningTurns(1, Duration.ofMillis(10));
        for (int n = 0; n < 3; n++) {
            assertThatThrownBy(() ->
                            turns.run(
                                    "r",
                                    () -> {
                                        throw new IllegalStateException("broken");
                                    }))
                    .hasMessage("broken");
        }
        assertThat(turns.call("r", () -> "free")).isEqualTo("free");
    }
}
