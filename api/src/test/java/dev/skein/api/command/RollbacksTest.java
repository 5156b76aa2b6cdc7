// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.api.rollout.RolloutSpec;
import dev.skein.engine.SkeinException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("quick")
class RollbacksTest {
    private static final RolloutSpec.Undo UNDO = new RolloutSpec.Undo("r", null, null, "why", null);

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 10_001, Integer.MAX_VALUE})
    void goesNoWiderThanARolloutMay(int parallel) {
        assertThatThrownBy(() -> new Rollbacks.Asked(UNDO, parallel, null))
                .isInstanceOf(SkeinException.class)
                .hasMessageContaining("Rollback of r")
                .hasMessageContaining("'" + parallel + "' databases at a time")
                .hasMessageContaining("Write 1 to 10000");
    }

    @Test
    void goesAsWide() {
        assertThat(new Rollbacks.Asked(UNDO, 10_000, null).parallel()).isEqualTo(10_000);
    }
}
