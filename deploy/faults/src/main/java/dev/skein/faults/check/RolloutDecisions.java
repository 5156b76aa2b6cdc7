// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.engine.Json;
import dev.skein.faults.world.StackUnderFaults;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was decided on all rollouts, and which database is in which wave. */
final class RolloutDecisions {
    private static final int ALONE = 5;

    private final Map<String, List<Decision>> decisions = new HashMap<>();
    private final Map<String, Part> parts = new HashMap<>();

    /** One decision. */
    record Decision(String type, JsonNode payload, Instant at) {}

    /**
     * A database's part in a rollout.
     *
     * @param path the revisions that it was planned to walk; empty where it is restored
     */
    record Part(int wave, List<String> path) {
        Part {
            path = List.copyOf(path);
        }
    }

    private RolloutDecisions() {}

    static RolloutDecisions read(StackUnderFaults world) {
        var read = new RolloutDecisions();
        try (var api = world.open("control", "skein_api")) {
            api.query(
                            """
                            SELECT stream, envelope FROM event
                            WHERE stream LIKE 'rollout/%'
                            ORDER BY stream, version
                            """)
                    .forEach(row -> read.add(row.getString(0), row.getBuffer(1).getBytes()));
            api.query("SELECT rollout, uid, wave, path FROM rollout_target")
                    .forEach(row ->
                            read.parts.put(
                                    row.getString(0) + " " + row.getString(1),
                                    new Part(
                                            row.getInteger(2), List.of(row.getArrayOfStrings(3)))));
        }
        return read;
    }

    private void add(String stream, byte[] envelope) {
        var says = Json.read(envelope, JsonNode.class);
        decisions
                .computeIfAbsent(stream.replaceFirst("^rollout/", ""), id -> new ArrayList<>())
                .add(
                        new Decision(
                                says.path("type").asText().replace("rollout.", ""),
                                says.path("payload"),
                                Instant.parse(says.path("at").asText())));
    }

    /** Those on a rollout, in their order. */
    List<Decision> of(String rollout) {
        return decisions.getOrDefault(rollout, List.of());
    }

    /** A database's part in a rollout; null where it has none. */
    @Nullable Part part(String rollout, String uid) {
        return parts.get(rollout + " " + uid);
    }

    /** Whether a wave had passed at a moment. */
    static boolean hasPassed(List<Decision> made, int wave, Instant at) {
        return made.stream()
                .anyMatch(d ->
                        d.type().equals("WavePassed")
                                && d.payload().path("wave").asInt() == wave
                                && !d.at().isAfter(at));
    }

    /** Whether somebody else had approved exactly what was planned at a moment. */
    static boolean isApproved(List<Decision> made, Instant at) {
        if (made.isEmpty()) {
            return false;
        }
        var created = made.getFirst().payload();
        int size = 0;
        for (var wave : created.path("waveSizes")) {
            size += wave.asInt();
        }
        boolean alone = size <= ALONE && !created.at("/spec/undo").isMissingNode();
        return made.stream()
                .anyMatch(d ->
                        d.type().equals("Approved")
                                && !d.at().isAfter(at)
                                && d.payload().path("planHash").equals(created.path("planHash"))
                                && (alone
                                        || !d.payload().path("by").equals(created.path("author"))));
    }
}
