// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.place;

import dev.skein.engine.journal.Envelope;
import dev.skein.engine.script.Script;
import java.util.List;

/** What {@code -v} adds to a revision's line. */
public final class VerboseDetails {
    private VerboseDetails() {}

    public static List<String> lines(Script script) {
        var revision = script.revision();
        var parents = revision.revises().isEmpty() ? "base" : String.join(", ", revision.revises());
        return List.of(
                "    revises  " + parents,
                "    created  " + revision.created(),
                "    file     " + script.file(),
                "    checksum " + script.checksum());
    }

    /** Since when a database is at a head, and who brought it there. */
    public static String since(String head, List<Envelope> history) {
        return Envelope.thatBrought(head, history)
                .map(e -> "    %s %s by %s".formatted(e.kind().wire(), e.at(), e.actor()))
                .orElse("    the journal does not say since when");
    }
}
