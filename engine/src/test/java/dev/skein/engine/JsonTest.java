// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class JsonTest {
    @Test
    void nullIsNothingToRead() {
        assertThatThrownBy(() -> Json.read("null", String.class))
                .hasMessageContaining("it is null");
    }
}
