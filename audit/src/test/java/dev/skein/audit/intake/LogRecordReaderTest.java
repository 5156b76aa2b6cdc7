// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.engine.Digests;
import dev.skein.engine.Json;
import dev.skein.engine.event.DecisionRecord;
import dev.skein.engine.event.Topics;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class LogRecordReaderTest {
    private static byte[] decision(String stream) {
        var envelope = Json.bytes(Map.of("stream", stream, "seq", 1, "type", "finding.Ended"));
        var hash = Digests.hex(Digests.sha256(new byte[32], envelope));
        return Json.bytes(new DecisionRecord(stream, 1, envelope, "0".repeat(64), hash));
    }

    @Test
    void whatOnlyThisServiceFindsIsTakenFromNoTopic() {
        assertThatThrownBy(() -> LogRecordReader.read(Topics.DECISIONS, decision("finding/u")))
                .hasMessageContaining("it is not what its envelope says");
        assertThat(LogRecordReader.read(Topics.DECISIONS, decision("drift/u")).says().uid())
                .isEqualTo("u");
    }
}
