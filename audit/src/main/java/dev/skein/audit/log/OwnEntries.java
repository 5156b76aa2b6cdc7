// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.log;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.engine.Digests;
import dev.skein.engine.Json;
import dev.skein.engine.proof.DepartedCheckpoints;
import dev.skein.service.database.Db;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What this service itself finds, as entries of the log: chained like a decision of the control
 * plane, in histories that nobody else can write to.
 */
@ApplicationScoped
public class OwnEntries {
    private static final String FINDINGS = "finding/";
    private static final String SOURCES = "source/";
    private static final String LOG = "log/";

    private final AuditLog log;

    public OwnEntries(AuditLog log) {
        this.log = log;
    }

    /** Whether a history is one of these, which nobody else may write to. */
    public static boolean isOwn(String stream) {
        return stream.startsWith(FINDINGS) || stream.startsWith(SOURCES) || stream.startsWith(LOG);
    }

    /**
     * Something that was found.
     *
     * @param stream the history that it belongs to
     * @param uid the database; null where it is about none
     * @param payload what, as JSON
     * @param actor who made it happen; this service where nobody is known
     */
    public record Own(
            String stream,
            @Nullable String uid,
            String type,
            String payload,
            String actor,
            Instant at) {
        /** About a database. */
        public static Own finding(
                String uid, String type, String payload, String actor, Instant at) {
            return new Own(FINDINGS + uid, uid, type, payload, actor, at);
        }

        /** About another history of the log. */
        static Own ofSource(String source, String type, String payload, Instant at) {
            return ofSource(source, type, payload, "audit", at);
        }

        /** The same, where somebody made it happen. */
        static Own ofSource(String source, String type, String payload, String actor, Instant at) {
            var uid = source.startsWith("db/") ? source.split("/", 3)[1] : null;
            return new Own(SOURCES + source, uid, type, payload, actor, at);
        }

        /** About the log itself. */
        static Own ofLog(String type, String payload, String actor, Instant at) {
            return new Own(DepartedCheckpoints.STREAM, null, type, payload, actor, at);
        }
    }

    /** An entry as it is hashed. */
    private record Envelope(
            int v,
            String stream,
            long seq,
            String type,
            @Nullable String uid,
            JsonNode payload,
            String actor,
            Instant at) {}

    /** Where a history stands. */
    @SuppressWarnings("ArrayRecordComponent")
    private record End(long seq, byte[] hash) {}

    /** Appends, in this order. */
    public AuditLog.Appended append(Db.Tx tx, List<Own> own) {
        tx.query("SELECT FROM log_state FOR UPDATE"); // the ends of histories stand still with it
        var ends = ends(tx, own);
        var entries = new ArrayList<ReceivedEntry>();
        for (var one : own) {
            var stream = one.stream();
            var end = ends.getOrDefault(stream, new End(0, new byte[32]));
            var next = chained(stream, end, one);
            entries.add(next);
            ends.put(stream, new End(next.seq(), next.hash()));
        }
        return log.append(
                tx,
                entries,
                parked -> {
                    throw new IllegalStateException("nothing waits behind what is found here");
                });
    }

    private static ReceivedEntry chained(String stream, End end, Own one) {
        long seq = end.seq() + 1;
        var payload = Json.read(one.payload(), JsonNode.class);
        var envelope =
                Json.bytes(
                        new Envelope(
                                1,
                                stream,
                                seq,
                                one.type(),
                                one.uid(),
                                payload,
                                one.actor(),
                                one.at()));
        var hash = Digests.sha256(end.hash(), envelope);
        return new ReceivedEntry(stream, seq, envelope, end.hash(), hash, null, null, envelope);
    }

    private static Map<String, End> ends(Db.Tx tx, List<Own> own) {
        var ends = new HashMap<String, End>();
        var streams = own.stream().map(Own::stream).distinct();
        tx.query(
                        "SELECT id, next_seq, last_hash FROM source WHERE id = ANY ($1)",
                        (Object) streams.toArray(String[]::new))
                .forEach(row ->
                        ends.put(
                                row.getString(0),
                                new End(row.getLong(1) - 1, row.getBuffer(2).getBytes())));
        return ends;
    }
}
