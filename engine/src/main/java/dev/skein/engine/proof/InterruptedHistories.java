// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.engine.Json;
import dev.skein.engine.SkeinException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a log itself tells of histories in it that stopped. The last word on each counts. */
final class InterruptedHistories {
    private static final String SOURCES = "source/";

    private final Map<String, String> open = new TreeMap<>();

    /** Takes note of an entry whose envelope can be read. */
    void hear(String source, byte[] envelope) {
        if (!source.startsWith(SOURCES)) {
            return;
        }
        var of = source.substring(SOURCES.length());
        try {
            hear(of, Json.read(envelope, JsonNode.class));
        } catch (SkeinException e) {
            open.put(of, "what the log tells of it cannot be read");
        }
    }

    private void hear(String of, JsonNode says) {
        long at = says.path("payload").path("at").asLong();
        switch (says.path("type").asText()) {
            case "source.Forked" ->
                    open.put(of, "it has a fork at " + at + ", and nothing of it from there on");
            case "source.Missing" ->
                    open.put(of, "it has a gap at " + at + ", and nothing of it from there on");
            case "source.GoesOn" -> open.remove(of);
            default -> {
                // a later version's; it opens and ends nothing that this one knows
            }
        }
    }

    /** The first history that has not gone on; null where all have. */
    @Nullable String place() {
        return open.isEmpty() ? null : "the history " + open.keySet().iterator().next();
    }

    /** What is the matter with it, in words. */
    String found() {
        int more = open.size() - 1;
        var first = open.values().iterator().next();
        return more == 0
                ? first
                : first + "; " + more + (more == 1 ? " more has" : " more have") + " stopped, too";
    }
}
