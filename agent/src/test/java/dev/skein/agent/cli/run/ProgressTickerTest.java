// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.cli.common.Output;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class ProgressTickerTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    @Test
    void elsewhereThanOnATerminalLinesComeLaterAndLater() {
        try (var ticker = new ProgressTicker(Output.plain(stream, stream))) {
            ticker.tick(Duration.ofSeconds(60));
            ticker.running("[1/1] applying a");
            for (int second = 1; second <= 45; second++) {
                ticker.tick(Duration.ofSeconds(second));
            }
        }
        assertThat(said().lines())
                .containsExactly(
                        "[1/1] applying a, 10 s",
                        "[1/1] applying a, 20 s",
                        "[1/1] applying a, 40 s");
    }

    @Test
    void onATerminalOneLineCountsAndGoesAway() {
        try (var ticker = new ProgressTicker(Output.terminal(stream, stream, 50))) {
            ticker.running("[1/2] applying " + "x".repeat(90));
            ticker.tick(Duration.ofSeconds(1));
            ticker.say("[1/2] applied");
        }
        assertThat(said())
                .matches("(?s)\\r\u001b\\[K\\[1/2] applying x+…\\r\u001b\\[K\\[1/2] applied\\R");
        assertThat(said().split("\r")[1].length() - "\u001b[K".length()).isLessThan(50);
    }
}
