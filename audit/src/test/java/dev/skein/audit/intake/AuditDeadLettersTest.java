// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.audit.log.AuditLog;
import dev.skein.audit.testing.OnAuditDatabase;
import dev.skein.engine.Digests;
import dev.skein.engine.Json;
import dev.skein.engine.event.DecisionRecord;
import dev.skein.engine.event.Topics;
import dev.skein.service.kafka.DeadLetterDesk;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Records that were set aside, taken up once more. */
class AuditDeadLettersTest extends OnAuditDatabase {
    private static final String STREAM = "drift/" + "1".repeat(32);

    /** So many decisions of one stream, chained. */
    private static List<byte[]> decisions(int many) {
        var decisions = new ArrayList<byte[]>();
        var prev = new byte[32];
        for (int seq = 1; seq <= many; seq++) {
            var envelope = Json.bytes(Map.of("stream", STREAM, "seq", seq, "type", "made"));
            var hash = Digests.sha256(prev, envelope);
            decisions.add(
                    Json.bytes(
                            new DecisionRecord(
                                    STREAM, seq, envelope, Digests.hex(prev), Digests.hex(hash))));
            prev = hash;
        }
        return decisions;
    }

    @Test
    void whatIsMendedComesIntoTheLogWithAllThatWaitedForIt() {
        var log = new AuditLog();
        var handler = new LogHandler(log, new SimpleMeterRegistry());
        var desk = new DeadLetterDesk(db, handler);
        var decisions = decisions(5);
        var others = new ArrayList<>(decisions);
        others.remove(1);
        var batch = others.stream().map(d -> LogRecordReader.read(Topics.DECISIONS, d)).toList();
        db.run(tx ->
                log.append(tx, batch, LogRecordReader::parked, one -> LogHandler.keep(tx, one)));
        assertThat(database.value("SELECT state || next_seq FROM source")).isEqualTo("gap2");
        database.run(
                """
                INSERT INTO dead_letter(topic, part, at_offset, key, value, digest, produced_at, reason)
                VALUES ('skein.decisions', 0, 7, 'k', decode('%s', 'hex'), '', 0, 'it was too long')
                """
                        .formatted(Digests.hex(decisions.get(1))));
        desk.replay(desk.list(false, null).getFirst().id(), "joe");
        assertThat(database.value("SELECT state || next_seq FROM source")).isEqualTo("live6");
        assertThat(database.value("SELECT string_agg(seq::text, ',' ORDER BY index) FROM entry"))
                .isEqualTo("1,2,3,4,5");
        assertThat(database.value("SELECT count(*) FROM parked")).isEqualTo("0");
        assertThat(database.value("SELECT count(*) FROM decision_due"))
                .as("what follows from each")
                .isEqualTo("5");
        assertThat(desk.waiting()).isZero();
        var letter = desk.list(true, null).getFirst();
        assertThat(letter.state()).isEqualTo("replayed");
        assertThat(letter.settledBy()).isEqualTo("joe");
        assertThatThrownBy(() -> desk.replay(letter.id(), "joe"))
                .hasMessageContaining("none waits under this number");
    }

    @Test
    void whatIsStillWrongWaitsOnWithItsReasonOfNow() {
        database.run(
                "INSERT INTO dead_letter(topic, part, at_offset, key, value, digest, produced_at,"
                        + " reason) VALUES ('skein.decisions', 0, 7, 'k', 'no JSON', '', 0,"
                        + " 'the version before knew no such thing')");
        var log = new AuditLog();
        var handler = new LogHandler(log, new SimpleMeterRegistry());
        var desk = new DeadLetterDesk(db, handler);
        var id = desk.list(false, null).getFirst().id();
        var refused = assertThatThrownBy(() -> desk.replay(id, "joe"));
        var letter = desk.list(false, null).getFirst();
        assertThat(letter.reason()).doesNotContain("the version before");
        refused.hasMessageContaining("it still cannot be taken: " + letter.reason());
        assertThat(letter.times()).isEqualTo(2);
        assertThat(letter.state()).isEqualTo("waiting");
        assertThat(letter.settledBy()).isNull();
        assertThat(desk.waiting()).isEqualTo(1);
        assertThat(database.value("SELECT convert_from(value, 'UTF8') FROM dead_letter"))
                .isEqualTo("no JSON");
        assertThat(database.value("SELECT count(*) FROM entry")).isEqualTo("0");
    }
}
