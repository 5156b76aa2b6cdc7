// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.intake;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.audit.log.EntryFacet;
import dev.skein.audit.log.OwnEntries;
import dev.skein.audit.log.ReceivedEntry;
import dev.skein.engine.Digests;
import dev.skein.engine.Json;
import dev.skein.engine.SkeinException;
import dev.skein.engine.event.DecisionRecord;
import dev.skein.engine.event.JournalRecord;
import dev.skein.engine.event.Topics;
import dev.skein.engine.journal.Envelope;

/** Reads records of either topic; a parked one begins with a mark of its kind. */
final class LogRecordReader {
    private static final byte JOURNAL = 'j';
    private static final byte DECISION = 'd';

    private LogRecordReader() {}

    static ReceivedEntry read(String topic, byte[] value) {
        return topic.equals(Topics.JOURNAL) ? journal(value) : decision(value);
    }

    /** Reads what {@link ReceivedEntry#record} kept. */
    static ReceivedEntry parked(byte[] record) {
        var value = java.util.Arrays.copyOfRange(record, 1, record.length);
        return record[0] == JOURNAL ? journal(value) : decision(value);
    }

    private static ReceivedEntry journal(byte[] value) {
        var r = Json.read(value, JournalRecord.class);
        var says = Envelope.parse(r.envelope());
        if (!r.isGenuine(says)) {
            throw SkeinException.failed(
                    "Journal entry " + r.seq() + " of " + r.uid(),
                    "it is not what its envelope, hash or body hash says",
                    "");
        }
        return new ReceivedEntry(
                "db/" + r.uid() + "/" + r.incarnation(),
                r.seq(),
                r.envelope(),
                Digests.bytes(r.prevHash()),
                Digests.bytes(r.hash()),
                r.salt(),
                r.body(),
                marked(JOURNAL, value),
                EntryFacet.of(says));
    }

    private static ReceivedEntry decision(byte[] value) {
        var r = Json.read(value, DecisionRecord.class);
        refuseOther(r);
        return new ReceivedEntry(
                r.stream(),
                r.seq(),
                r.envelope(),
                Digests.bytes(r.prevHash()),
                Digests.bytes(r.hash()),
                null,
                null,
                marked(DECISION, value));
    }

    private static void refuseOther(DecisionRecord r) {
        var says = Json.read(r.envelope(), JsonNode.class);
        if (r.stream().startsWith("db/")
                || OwnEntries.isOwn(r.stream())
                || !says.path("stream").asText().equals(r.stream())
                || says.path("seq").asLong() != r.seq()) {
            throw SkeinException.failed(
                    "Decision " + r.seq() + " of " + r.stream(),
                    "it is not what its envelope says",
                    "");
        }
    }

    private static byte[] marked(byte kind, byte[] value) {
        var record = new byte[value.length + 1];
        record[0] = kind;
        System.arraycopy(value, 0, record, 1, value.length);
        return record;
    }
}
