// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class TaggedContentTest {
    private static final TaggedContent<String> PAGE = TaggedContent.ofText("a page");

    @Test
    void aTagIsOfWhatIsSaid() {
        assertThat(PAGE.tag()).matches("\"[0-9a-f]{32}\"");
        assertThat(TaggedContent.ofText("a page")).isEqualTo(PAGE);
        assertThat(TaggedContent.ofText("another").tag()).isNotEqualTo(PAGE.tag());
        assertThat(TaggedContent.of(Map.of("a", 1)).tag())
                .isEqualTo(TaggedContent.of(Map.of("a", 1)).tag())
                .isNotEqualTo(TaggedContent.of(Map.of("a", 2)).tag());
    }

    @Test
    void whatSomebodyHasIsKnownByItsTag() {
        assertThat(PAGE.isKnown(PAGE.tag())).isTrue();
        assertThat(PAGE.isKnown("\"other\" , W/" + PAGE.tag())).as("weakened on its way").isTrue();
        assertThat(PAGE.isKnown("*")).isTrue();
        assertThat(PAGE.isKnown("\"other\"")).isFalse();
        assertThat(PAGE.isKnown("")).isFalse();
        assertThat(PAGE.isKnown(null)).isFalse();
    }
}
