// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.check;

import dev.skein.engine.journal.Envelope;
import java.util.List;
import java.util.stream.Collectors;

/** Heads of a database that the folder does not have: since when, and by whom. */
public final class UnknownHeadsAdvice {
    private UnknownHeadsAdvice() {}

    public static String inWords(List<String> unknown, List<Envelope> history) {
        return unknown.stream()
                .map(id ->
                        "it is at "
                                + id
                                + ", which these revisions do not have"
                                + since(id, history))
                .collect(Collectors.joining("; "));
    }

    private static String since(String id, List<Envelope> history) {
        return Envelope.thatBrought(id, history)
                .map(e -> " (%s %s by %s)".formatted(e.kind().wire(), e.at(), e.actor()))
                .orElse("");
    }
}
