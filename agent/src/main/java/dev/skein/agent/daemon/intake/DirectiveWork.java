// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.intake;

import dev.skein.agent.daemon.intake.WorkBoard.Action;
import dev.skein.agent.daemon.kafka.OwnedPartitions;
import dev.skein.agent.daemon.run.DirectiveAnswers;
import dev.skein.agent.daemon.run.TenantRun;
import dev.skein.engine.event.Directive;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The {@link WorkBoard} and the threads that do what it says. Changes and what follows from them
 * are one: nobody sees the one without the other.
 */
final class DirectiveWork {
    private final WorkBoard board = new WorkBoard(OwnedPartitions::partition);
    private final OwnedPartitions owned;
    private final WorkThreads threads;

    DirectiveWork(TenantRun runs, DirectiveAnswers answers, OwnedPartitions owned) {
        this.owned = owned;
        this.threads = new WorkThreads(runs, answers, this::finished);
    }

    private interface Change {
        List<Action> make();
    }

    private void perform(Change change) {
        synchronized (board) {
            change.make().forEach(this::perform);
        }
    }

    private void perform(Action action) {
        switch (action) {
            case Action.StartRun start -> threads.start(start.directive());
            case Action.Stop stop -> threads.stop(stop.directive());
            case Action.AnswerHeld held -> threads.answerHeld(held.directive());
            case Action.Repeat repeat -> threads.repeat(repeat.directive());
        }
    }

    /** A directive arrived, or a tombstone. */
    void received(String uid, @Nullable Directive directive) {
        perform(() -> board.received(uid, directive));
    }

    /** Partitions are ours from now on, and are being read from their beginning. */
    void assigned(Collection<Integer> partitions) {
        synchronized (board) {
            board.assigned(partitions);
        }
        owned.assigned(partitions);
    }

    /** A partition was read to the end that it had when it was assigned. */
    void caughtUp(int partition) {
        perform(() -> board.caughtUp(partition));
    }

    /** Partitions are somebody else's from now on. */
    void revoked(Collection<Integer> partitions) {
        owned.revoked(partitions);
        perform(() -> board.revoked(partitions));
    }

    private void finished(Directive directive, boolean settled) {
        perform(() -> board.finished(directive, settled));
    }

    /** The bundles that directives name. */
    Set<String> bundles() {
        synchronized (board) {
            return board.bundles();
        }
    }

    /** How many databases are worked on. */
    int running() {
        return threads.running();
    }

    /** Lets what runs come to its next step boundary before the process ends. */
    void end(Duration within) {
        threads.end(within);
    }
}
