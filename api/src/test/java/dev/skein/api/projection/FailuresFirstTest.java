// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.api.rollout.RolloutAction;
import dev.skein.api.testing.OnApiDatabase;
import dev.skein.api.testing.RolloutBench;
import dev.skein.engine.Digests;
import dev.skein.engine.Json;
import dev.skein.engine.event.JournalRecord;
import dev.skein.engine.event.Topics;
import dev.skein.engine.journal.Entry;
import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.journal.Envelope;
import dev.skein.service.kafka.RecordHandler;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A failure is counted before what was told earlier is stored, and once. */
class FailuresFirstTest extends OnApiDatabase {
    private static final byte[] BODY = "broken".getBytes(StandardCharsets.UTF_8);

    private RolloutBench bench;
    private ReportIngest ingest;
    private long seq;

    @BeforeEach
    void begin() {
        migrate("heads");
        bench = new RolloutBench(db);
        bench.begin();
        bench.propose("r", 1, 3, 3);
        bench.approve("r");
        bench.conductor.advance("r");
        ingest = new Ingestion(db).ingest();
    }

    private ConsumerRecord<String, byte[]> told(int database, EntryKind kind) {
        seq++;
        var envelope =
                new Envelope(
                        Envelope.VERSION,
                        RolloutBench.uid(database),
                        "i1",
                        seq,
                        kind,
                        List.of("a"),
                        "ann",
                        Instant.now().toString(),
                        Digests.hex(Digests.sha256(BODY)),
                        null,
                        null,
                        "r",
                        1L,
                        null,
                        null,
                        null,
                        1L,
                        null,
                        kind == EntryKind.FAILED ? "42P07 simulated" : null);
        var uid = envelope.uid();
        var entry =
                new Entry(
                        seq,
                        "i1",
                        envelope.bytes(),
                        new byte[16],
                        BODY,
                        new byte[32],
                        new byte[32]);
        var record = Json.bytes(JournalRecord.of(uid, entry));
        return new ConsumerRecord<>(Topics.JOURNAL, 0, seq, uid, record);
    }

    private RecordHandler.Stored read(List<ConsumerRecord<String, byte[]>> records) {
        return ingest.read(records);
    }

    @Test
    void aFailureIsCountedAtOnceAndOnceOnly() {
        var batch = read(List.of(told(1, EntryKind.OBSERVED), told(2, EntryKind.FAILED)));
        db.call(tx -> batch.first().orElseThrow().in(tx));
        assertThat(bench.in("r", "failed")).isEqualTo(1);
        assertThat(bench.in("r", "open")).isEqualTo(2);
        bench.conductor.advance("r");
        assertThat(bench.in("r", "holding")).as("the rollout has halted").isEqualTo(2);
        db.call(batch::in);
        assertThat(bench.in("r", "failed")).isEqualTo(1);
        assertThat(bench.in("r", "succeeded")).isEqualTo(1);
        assertThat(database.value("SELECT failed || ' ' || open FROM wave_tally")).isEqualTo("1 1");
    }

    @Test
    void onlyFailuresCannotWait() {
        assertThat(read(List.of(told(1, EntryKind.OBSERVED))).first()).isEmpty();
        assertThat(read(List.of(told(1, EntryKind.FAILED), told(1, EntryKind.OBSERVED))).first())
                .as("of what was told of one the last counts")
                .isEmpty();
    }

    @Test
    void aFailureThatIsToldAgainAfterARetryIsOver() {
        var batch = read(List.of(told(2, EntryKind.FAILED)));
        db.call(tx -> batch.first().orElseThrow().in(tx));
        bench.conductor.advance("r");
        bench.on("r", new RolloutAction.Resume("p", "again", null));
        bench.conductor.advance("r");
        db.call(batch::in);
        assertThat(bench.in("r", "failed")).isZero();
    }
}
