// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.journal.Envelope;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("quick")
class EntryFacetTest {
    @ParameterizedTest
    @EnumSource(EntryKind.class)
    void anEntryIsFoundByTheSameHoweverItWasRead(EntryKind kind) {
        for (var at : List.of("2026-11-23T06:53:56.695953Z", "1970-01-01T00:00:00Z", "soon")) {
            var says =
                    new Envelope(
                            1,
                            "u",
                            "i",
                            7,
                            kind,
                            List.of("a"),
                            "ann\0",
                            at,
                            "00",
                            "a",
                            "0".repeat(64),
                            "r".repeat(300),
                            3L,
                            null,
                            null,
                            null,
                            12L,
                            null,
                            null);
            assertThat(EntryFacet.of(says)).isEqualTo(EntryFacet.of(says.bytes()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"drift/u", "database/u"})
    void whatIsDecidedOnADatabaseIsFoundByIt(String stream) {
        var says = "{\"stream\": \"%s\", \"type\": \"t\"}".formatted(stream);
        assertThat(EntryFacet.of(says.getBytes(StandardCharsets.UTF_8)).uid()).isEqualTo("u");
    }

    @Test
    void whatNobodyUnderstandsIsKeptWithoutAny() {
        assertThat(EntryFacet.of("no JSON".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new EntryFacet("", null, null, null, null, null));
    }
}
