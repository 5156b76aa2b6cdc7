// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.check;

import dev.skein.engine.SkeinException;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.script.Scripts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * How a database's journal and a folder of revisions agree, without changing anything.
 *
 * @param missing revisions of the folder that are not applied, in order
 * @param differences what cannot be brought together by an upgrade, in words
 */
public record JournalStanding(List<String> missing, List<String> differences) {
    public JournalStanding {
        missing = List.copyOf(missing);
        differences = List.copyOf(differences);
    }

    /**
     * Compares.
     *
     * @param target the journal's: a schema, or empty for the database
     */
    public static JournalStanding of(
            PgSession session, String target, JournalState state, Scripts scripts) {
        var journal = new Journal(session, target);
        var differences = new ArrayList<String>();
        var unknown = state.heads().stream().filter(id -> !scripts.graph().contains(id)).toList();
        if (!unknown.isEmpty()) {
            differences.add(UnknownHeadsAdvice.inWords(unknown, journal.envelopes()));
            return new JournalStanding(List.of(), differences);
        }
        try {
            AppliedChecksums.compare(
                    session.subject(), journal.envelopes(), scripts, state.heads());
        } catch (SkeinException e) {
            differences.add(e.found());
        }
        var missing = new HashSet<>(scripts.graph().closure(scripts.graph().heads()));
        missing.removeAll(scripts.graph().closure(state.heads()));
        return new JournalStanding(scripts.graph().sorted(missing), differences);
    }
}
