// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.journal.Envelope;
import java.util.List;
import java.util.stream.Collectors;

/** Heads of a database that the folder does not have: since when, and by whom. */
final class Strangers {
    private Strangers() {}

    static String inWords(List<String> unknown, List<Envelope> history) {
        return unknown.stream()
                .map(id ->
                        "it is at "
                                + id
                                + ", which these revisions do not have"
                                + since(id, history))
                .collect(Collectors.joining("; "));
    }

    /** The last entry that brought it. */
    private static String since(String id, List<Envelope> history) {
        for (int i = history.size() - 1; i >= 0; i--) {
            var entry = history.get(i);
            var before = i == 0 ? List.<String>of() : history.get(i - 1).heads();
            if (entry.heads().contains(id) && !before.contains(id)) {
                return " (%s %s by %s)".formatted(entry.kind().wire(), entry.at(), entry.actor());
            }
        }
        return "";
    }
}
