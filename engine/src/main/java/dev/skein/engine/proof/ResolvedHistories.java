// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.engine.Digests;
import dev.skein.engine.Json;
import dev.skein.engine.SkeinException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a log itself tells of histories that are not dense and chained because somebody decided so:
 * a gap that nothing filled was stepped over, or it goes on behind an entry that the log does not
 * have.
 */
public final class ResolvedHistories {
    /** The type of the entries that tell it; only the log's own service writes them. */
    public static final String TYPE = "source.Resolved";

    private static final String SOURCES = "source/";

    private final Map<String, List<Told>> unused = new HashMap<>();
    private final List<Told> told = new ArrayList<>();

    /**
     * One entry.
     *
     * @param index its own
     * @param at the number at which the history goes on
     * @param behind the hash of what it goes on from
     */
    @SuppressWarnings("ArrayRecordComponent")
    private record Told(long index, long at, byte[] behind, String words) {}

    /** Takes note of an entry whose envelope can be read. */
    void hear(long index, String source, byte[] envelope) {
        if (!source.startsWith(SOURCES)) {
            return;
        }
        try {
            var says = Json.read(envelope, JsonNode.class);
            if (says.path("type").asText().equals(TYPE)) {
                var one = read(index, source.substring(SOURCES.length()), says);
                unused.computeIfAbsent(source.substring(SOURCES.length()), _ -> new ArrayList<>())
                        .add(one);
                told.add(one);
            }
        } catch (SkeinException | IllegalArgumentException e) {
            // it excuses nothing
        }
    }

    private static Told read(long index, String of, JsonNode says) {
        var payload = says.path("payload");
        long at = payload.path("at").asLong();
        var behind = Digests.bytes(payload.path("behind").asText());
        var what = what(of, payload.path("missing").asLong(), at);
        return new Told(index, at, behind, what + others(payload, at) + decided(says));
    }

    /** What was refused before it has numbers that others have: those are in nobody's log. */
    private static String others(JsonNode payload, long at) {
        long from = payload.path("others").asLong(at);
        if (from >= at) {
            return "";
        }
        return from == at - 1
                ? "; another entry " + from + " is not in it"
                : "; other entries %d to %d are not in it".formatted(from, at - 1);
    }

    private static String decided(JsonNode says) {
        return ", as %s decided on %s (%s)"
                .formatted(
                        plain(says.path("actor")),
                        plain(says.path("at")),
                        plain(says.path("payload").path("reason")));
    }

    private static String what(String of, long missing, long at) {
        if (missing == at) {
            return "%s goes on at %d behind an entry that was refused".formatted(of, at);
        }
        return missing == at - 1
                ? "entry %d of %s is lost".formatted(missing, of)
                : "entries %d to %d of %s are lost".formatted(missing, at - 1, of);
    }

    /** On a line of its own nobody's text says anything in the verifier's name. */
    private static String plain(JsonNode text) {
        return text.asText().replaceAll("\\p{Cc}", " ");
    }

    /**
     * Whether an entry goes on from where the log tells that its history does. Each decision is
     * good for one of them: what comes after it may not begin there once more.
     */
    boolean takes(String source, long seq, byte[] prev) {
        var of = unused.get(source);
        return of != null
                && of.removeIf(one -> one.at() == seq && Arrays.equals(one.behind(), prev));
    }

    /**
     * The first one that somebody does not know of yet; null where there is none.
     *
     * @param known the size of a checkpoint of this log that is trusted; what it covers is known
     */
    private @Nullable Told first(long known) {
        return told.stream().filter(one -> one.index() >= known).findFirst().orElse(null);
    }

    /** Where it is told; null where nothing is. */
    @Nullable String place(long known) {
        var first = first(known);
        return first == null ? null : "entry " + first.index();
    }

    /** What is told there, and of how many more. */
    String found(long known) {
        var first = first(known);
        long more = told.stream().filter(one -> one.index() >= known).count() - 1;
        var words = first == null ? "" : first.words();
        return more < 1 ? words : words + "; and so " + more + " more times";
    }
}
