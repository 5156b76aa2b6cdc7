// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.skein.engine.Json;
import dev.skein.engine.SkeinException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Answers of services that are older or newer than the command line. */
@Tag("quick")
class AnswerReaderTest {
    private static <T> T read(String text, Class<T> type) {
        return AnswerReader.read(Json.read(text, JsonNode.class), type);
    }

    @Test
    void whatAnAnswerLacksIsEmpty() {
        var nothing = read("{}", FleetStatus.class);
        assertThat(nothing.stopped()).isEmpty();
        assertThat(nothing.agents()).isEmpty();
        assertThat(nothing.byHeads()).isEmpty();
        assertThat(nothing.databases()).isZero();
        var silence = AnswerReader.read(MissingNode.getInstance(), ServicePlaces.class);
        assertThat(silence.audit()).isEmpty();
        assertThat(read("{}", ShownPlan.class).plan().waves()).isEmpty();
        assertThat(read("{}", RollbackPreview.class).plan().cohorts()).isEmpty();
        assertThat(read("{}", DriftCohort.class).differences().known()).isFalse();
        assertThat(read("{}", LogEntry.class).says().path("actor").asText()).isEmpty();
        assertThat(DriftCohort.Change.value(List.of("was"), 1)).isEmpty();
    }

    @Test
    void soIsWhatItSaysIsNull() {
        var status = read("{\"stopped\": null, \"problems\": null}", FleetStatus.class);
        assertThat(status.stopped()).isEmpty();
        assertThat(status.problems()).isEmpty();
        assertThat(read("{\"body\": null}", LogEntry.class).body()).isNull();
        assertThat(read("{\"body\": \"\"}", LogEntry.class).body()).isEmpty();
    }

    @Test
    void whatIsNotKnownOfItIsPassedOver() {
        var pushed = read("{\"revisions\": 3, \"isNew\": true, \"x\": {}}", PushedBundle.class);
        assertThat(pushed).isEqualTo(new PushedBundle(3, true));
    }

    @Test
    void anAnswerOfAnotherKindIsRefusedInWords() {
        assertThatThrownBy(() -> read("{\"agents\": 7}", FleetStatus.class))
                .isInstanceOf(SkeinException.class)
                .hasMessageContaining("JSON for FleetStatus");
    }
}
