// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("quick")
class EmptyReasonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "upgrade --url=postgresql:///x --accept-drift",
                "downgrade base --url=postgresql:///x --accept-drift",
                "stamp base --url=postgresql:///x --accept-drift",
                "adopt --url=postgresql:///x --accept-drift",
                "rollout abort x --reason",
                "rollout rollback x --reason",
                "drift adopt x --reason",
            })
    void anEmptyReasonIsNone(String command) {
        for (var blank : Stream.of("", "  ").toList()) {
            var terminal = new Terminal();
            var words = Stream.concat(Stream.of(command.split(" ")), Stream.of(blank));
            assertThat(terminal.skein(words.toArray(String[]::new))).isEqualTo(2);
            assertThat(terminal.stderr).contains("the reason is empty");
        }
    }
}
