// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.log;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.engine.Digests;
import dev.skein.engine.Json;
import dev.skein.engine.postgres.Db;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What this service itself finds, as entries of the log: chained like a decision of the control
 * plane, in histories that nobody else can write to.
 */
@ApplicationScoped
public class OwnEntries {
    /** What the names of these histories begin with. */
    public static final String PREFIX = "finding/";

    private final Log log;

    public OwnEntries(Log log) {
        this.log = log;
    }

    /**
     * Something that was found.
     *
     * @param uid the database
     * @param payload what, as JSON
     * @param actor who made it happen; this service where nobody is known
     */
    public record Own(String uid, String type, String payload, String actor, Instant at) {}

    /** An entry as it is hashed. */
    private record Envelope(
            int v,
            String stream,
            long seq,
            String type,
            String uid,
            JsonNode payload,
            String actor,
            Instant at) {}

    /** Where a history stands. */
    @SuppressWarnings("ArrayRecordComponent")
    private record End(long seq, byte[] hash) {}

    /** Appends, in this order. */
    public Log.Appended append(Db.Tx tx, List<Own> own) {
        tx.query("SELECT FROM log_state FOR UPDATE"); // the ends of histories stand still with it
        var ends = ends(tx, own);
        var entries = new ArrayList<Received>();
        for (var one : own) {
            var stream = PREFIX + one.uid();
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

    private static Received chained(String stream, End end, Own one) {
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
        return new Received(stream, seq, envelope, end.hash(), hash, null, null, envelope);
    }

    private static Map<String, End> ends(Db.Tx tx, List<Own> own) {
        var ends = new HashMap<String, End>();
        var streams = own.stream().map(one -> PREFIX + one.uid()).distinct();
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
