// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("quick")
class CopyEscapesTest {
    @ParameterizedTest
    @CsvSource({
        "plain, plain",
        "a\\tb, 'a\tb'",
        "\\\\, \\",
        "\\101, A",
        "\\1011, A1",
        "\\x41, A",
        "\\x412, A2",
        "\\xg, xg",
        "\\303\\244, ä",
        "\\ä, ä",
        "\\q, q",
        "end\\, end",
    })
    void escapesStandForBytes(String field, String text) {
        assertThat(new String(CopyEscapes.bytes(field), StandardCharsets.UTF_8)).isEqualTo(text);
    }
}
