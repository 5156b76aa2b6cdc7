// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.engine.SkeinException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("quick")
class PageCursorTest {
    @Test
    void anyKeyComesBackAsItWas() {
        var cursor = new PageCursor("databases", List.of("a \"b\"/ü\\", "", "𝕏"));
        assertThat(cursor.text()).matches("[A-Za-z0-9_-]+");
        assertThat(PageCursor.parse(cursor.text(), "databases", 3)).isEqualTo(cursor);
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "[",
                "{}",
                "[]",
                "[\"databases\"]",
                "[\"targets\",\"a\"]",
                "[\"databases\",\"\\u0000\"]",
                "[\"databases\",\"a\",\"b\"]"
            })
    void whatIsNoPlaceInTheListIsRefused(String json) {
        for (var text : List.of(json + "%", encoded(json))) {
            assertThatThrownBy(() -> PageCursor.parse(text, "databases", 1))
                    .isInstanceOf(SkeinException.class)
                    .hasMessageContaining("no place in the list of databases");
        }
    }

    @Test
    void keysThatAreNoNumbersAreNone() {
        assertThat(new PageCursor("targets", List.of("1", "-2")).numbers()).containsExactly(1, -2);
        assertThatThrownBy(() -> new PageCursor("targets", List.of("1", "x")).numbers())
                .isInstanceOf(SkeinException.class);
        var one = new PageCursor("findings", List.of("a", "9223372036854775807"));
        assertThat(one.number(1)).isEqualTo(Long.MAX_VALUE);
        assertThatThrownBy(() -> one.number(0)).hasMessageContaining("no place in the list");
    }
}
