// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.order.RunRefusal;
import dev.skein.engine.execute.session.TenantSession;
import dev.skein.engine.execute.step.AfterCommit;
import dev.skein.engine.journal.BatchProgress;
import dev.skein.engine.journal.Envelope;
import dev.skein.engine.plan.Direction;
import dev.skein.engine.plan.Plan;
import dev.skein.engine.script.Scripts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What was begun and not ended: a batched change, before whose end nothing else may run; statements
 * outside a transaction; checks behind a commit. A stamp settles all of it, as whoever stamps says.
 *
 * @param batch the batched change
 * @param nonTransactional revisions of which statements ran outside a transaction, or were cut off
 * @param unverified applied revisions whose checks no run has seen hold
 */
record UnfinishedWork(
        @Nullable BatchProgress batch, Set<String> nonTransactional, Set<String> unverified) {
    /** What is unfinished where a journal stands. */
    static UnfinishedWork of(
            TenantSession contact, Scripts scripts, List<String> heads, List<Envelope> history) {
        var known = heads.stream().filter(scripts.graph()::contains).toList();
        return new UnfinishedWork(
                contact.batch().orElse(null),
                nonTransactional(history),
                AfterCommit.unverified(history, scripts, known));
    }

    private static Set<String> nonTransactional(List<Envelope> history) {
        var begun = new TreeSet<String>();
        for (var says : history) {
            switch (says.kind()) {
                case STAMPED -> begun.clear();
                case APPLIED, REVERTED -> begun.remove(says.revision());
                case INTENT, OUTCOME -> {
                    if (says.statement() != null && says.revision() != null) {
                        begun.add(says.revision());
                    }
                }
                default -> {}
            }
        }
        return begun;
    }

    boolean isEmpty() {
        return batch == null && nonTransactional.isEmpty() && unverified.isEmpty();
    }

    /** What a stamp gives up, for its entry; empty for nothing. */
    String inWords() {
        var words = new ArrayList<String>();
        if (batch != null) {
            words.add("the batched %s of %s".formatted(direction(batch), rowsOf(batch)));
        }
        nonTransactional.stream()
                .filter(id -> batch == null || !batch.revision().equals(id))
                .map(id -> "what was begun of " + id)
                .forEach(words::add);
        unverified.stream().map(id -> "the checks of " + id).forEach(words::add);
        return words.isEmpty() ? "" : "; settles " + String.join(", ", words);
    }

    private static String direction(BatchProgress batch) {
        return batch.up() ? "upgrade" : "downgrade";
    }

    private static String rowsOf(BatchProgress batch) {
        return batch.revision() + " (" + batch.rows() + " rows done)";
    }

    static void check(TenantSession contact, Scripts scripts, Plan plan) {
        contact.batch().ifPresent(p -> check(contact.session().subject(), p, scripts, plan));
    }

    static void check(String subject, BatchProgress progress, Scripts scripts, Plan plan) {
        var id = progress.revision();
        var giveUp = Goal.Stamp.command(plan.from());
        if (!beginsWith(progress, plan)) {
            throw new RunRefusal(
                    subject,
                    "the batched %s of revision %s is in progress (%d rows done)"
                            .formatted(direction(progress), id, progress.rows()),
                    "Finish it first, or give it up: " + giveUp);
        }
        if (!scripts.get(id).hasChecksum(progress.checksum())) {
            throw new RunRefusal(
                    subject,
                    "revision %s is in progress with checksum %s, its file has %s"
                            .formatted(id, progress.checksum(), scripts.get(id).checksum()),
                    "Restore the file as it was, or give it up: " + giveUp);
        }
    }

    /** Whether a plan goes on where a batched change stopped. */
    private static boolean beginsWith(BatchProgress progress, Plan plan) {
        var direction = progress.up() ? Direction.UP : Direction.DOWN;
        return !plan.isEmpty()
                && plan.steps().getFirst().revision().equals(progress.revision())
                && plan.steps().getFirst().direction() == direction;
    }

    /**
     * What forgets the batched change in the transaction of the stamp's entry: without that entry
     * it would begin anew, over rows that it has changed.
     *
     * @return statements to be sent before the entry; empty where nothing is under way
     */
    String forgotten(TenantSession contact) {
        return batch == null ? "" : BatchProgress.end(contact.target()) + ";\n";
    }
}
