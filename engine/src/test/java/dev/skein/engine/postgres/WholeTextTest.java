// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.engine.SkeinException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("quick")
class WholeTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"\ud83d", "a\ude00", "\ud83d b", "\ude00\ud83d", "\ud83d\ud83d\ude00"})
    void halfOfACharacterIsRefusedWhereverItStands(String text) {
        assertThatThrownBy(() -> WholeText.of(1, text))
                .isInstanceOf(SkeinException.class)
                .hasMessageContaining("half of a character");
        var texts = new @Nullable String[] {"fine", null, text};
        assertThatThrownBy(() -> WholeText.of(texts, "x"))
                .isInstanceOf(SkeinException.class)
                .hasMessageContaining("half of a character");
    }

    @Test
    void everythingElsePasses() {
        var all =
                new @Nullable Object[] {
                    null,
                    7,
                    "",
                    "\ud83d\ude00",
                    "ä\ufffe",
                    new @Nullable String[] {null, "\ud83d\ude00"}
                };
        assertThat(WholeText.of(all)).isSameAs(all);
    }
}
