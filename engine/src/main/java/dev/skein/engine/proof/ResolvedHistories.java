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
    private final ToldWords words = new ToldWords();

    /**
     * One entry.
     *
     * @param at the number at which the history goes on
     * @param behind the hash of what it goes on from
     */
    @SuppressWarnings("ArrayRecordComponent")
    private record Told(long at, byte[] behind, String words) {}

    /** Takes note of an entry whose envelope can be read. */
    void hear(long index, String source, byte[] envelope) {
        if (!source.startsWith(SOURCES)) {
            return;
        }
        try {
            var says = Json.read(envelope, JsonNode.class);
            if (says.path("type").asText().equals(TYPE)) {
                var one = read(source.substring(SOURCES.length()), says);
                unused.computeIfAbsent(source.substring(SOURCES.length()), _ -> new ArrayList<>())
                        .add(one);
                words.add(index, one.words());
            }
        } catch (SkeinException | IllegalArgumentException e) {
            // it excuses nothing
        }
    }

    private static Told read(String of, JsonNode says) {
        var payload = says.path("payload");
        long at = payload.path("at").asLong();
        var behind = Digests.bytes(payload.path("behind").asText());
        var what = what(of, payload.path("missing").asLong(), at);
        return new Told(at, behind, what + others(payload, at) + decided(says));
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
                        ToldWords.plain(says.path("actor")),
                        ToldWords.plain(says.path("at")),
                        ToldWords.plain(says.path("payload").path("reason")));
    }

    private static String what(String of, long missing, long at) {
        if (missing == at) {
            return "%s goes on at %d behind an entry that was refused".formatted(of, at);
        }
        return missing == at - 1
                ? "entry %d of %s is lost".formatted(missing, of)
                : "entries %d to %d of %s are lost".formatted(missing, at - 1, of);
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

    /** Where the first is told that somebody does not know of yet; null where nothing is. */
    @Nullable String place(long known) {
        return words.place(known);
    }

    /** What is told there, and of how many more. */
    String found(long known) {
        return words.found(known);
    }
}
