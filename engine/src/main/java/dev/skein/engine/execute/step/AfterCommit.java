// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.step;

import dev.skein.engine.execute.session.JournalWriter;
import dev.skein.engine.journal.EntryBody;
import dev.skein.engine.journal.EntryDraft;
import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.journal.Envelope;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.plan.Direction;
import dev.skein.engine.script.Scripts;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Runs the checks of {@code verify: after}, which scan and so must not hold the step's locks. That
 * they held is an entry of its own; a run that finds a revision without it checks again.
 */
public final class AfterCommit {

    private AfterCommit() {}

    /** Checks what a step has committed. */
    public static JournalState verify(StepContext context, JournalState state) {
        var section = context.script().verifyAfter();
        if (context.step().direction() == Direction.DOWN || section.isEmpty()) {
            return state;
        }
        CheckQuestions.ask(
                context,
                section,
                "verify: after",
                "the check after the commit is not true; the revision is applied");
        var draft =
                new EntryDraft(
                        state.heads(), section.sql(), new EntryBody.ChecksHeld(context.version()));
        return JournalWriter.append(
                context.session(), context.journal(), context.chain(), state, draft);
    }

    /** Applied revisions whose checks no run has seen hold. */
    public static Set<String> unverified(
            List<Envelope> envelopes, Scripts scripts, List<String> heads) {
        var open = new LinkedHashSet<String>();
        envelopes.forEach(entry -> follow(entry, scripts, open));
        open.retainAll(scripts.graph().closure(heads));
        return open;
    }

    private static void follow(Envelope entry, Scripts scripts, Set<String> open) {
        var revision = entry.revision();
        if (entry.kind() == EntryKind.STAMPED) {
            open.clear(); // a person has decided
        }
        if (revision == null || !scripts.graph().contains(revision)) {
            return;
        }
        if (entry.kind() == EntryKind.APPLIED && !scripts.get(revision).verifyAfter().isEmpty()) {
            open.add(revision);
        } else if (entry.kind() == EntryKind.REVERTED
                || EntryBody.VERIFIED.equals(entry.outcome())) {
            open.remove(revision);
        }
    }
}
