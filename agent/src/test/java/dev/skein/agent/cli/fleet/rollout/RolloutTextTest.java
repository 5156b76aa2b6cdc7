// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.agent.cli.common.Output;
import dev.skein.agent.cli.fleet.answer.AnswerReader;
import dev.skein.agent.cli.fleet.answer.RolloutDetail;
import dev.skein.engine.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class RolloutTextTest {
    private static final PrintStream NOWHERE =
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);

    private static RolloutDetail halted() {
        var text =
                """
                {"id": "a", "status": "halted", "reason": "%1$s", "waves": [],
                 "failures": [{"signature": "23505 r#1", "databases": 1, "message": "%1$s", "examples": ["eu/a"]}]}
                """
                        .formatted("could not create unique index of that name ".repeat(3));
        return AnswerReader.read(Json.read(text, JsonNode.class), RolloutDetail.class);
    }

    @Test
    void onANarrowTerminalNoLineWraps() {
        assertThat(new RolloutText(Output.terminal(NOWHERE, NOWHERE, 60)).lines(halted()))
                .allSatisfy(line -> assertThat(line.length()).isLessThan(60))
                .anySatisfy(
                        line -> assertThat(line).contains("1 database: could not").endsWith("…"));
    }

    @Test
    void elsewhereNothingIsCut() {
        assertThat(new RolloutText(Output.plain(NOWHERE, NOWHERE)).lines(halted()))
                .noneSatisfy(line -> assertThat(line).contains("…"));
    }
}
