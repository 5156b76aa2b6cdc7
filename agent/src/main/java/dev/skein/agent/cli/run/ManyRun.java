// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.run;

import dev.skein.agent.cli.common.Output;
import dev.skein.agent.cli.place.DatabasePlace;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.engine.execute.Migrator;
import dev.skein.engine.execute.order.MigrationOrder;
import dev.skein.engine.execute.order.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A run on many databases, some at a time, told by a line for each. After the first failure no
 * other is started, unless it was asked to keep going; what runs is finished.
 */
final class ManyRun {
    private final Output out;
    private final int parallel;
    private final boolean keepGoing;
    private final StopSignal stop;
    private final RunTally tally;
    private volatile boolean halted;

    ManyRun(Output out, RunOptions options, StopSignal stop, RunTally tally) {
        this.out = out;
        this.parallel = options.parallel();
        this.keepGoing = options.isKeptGoing();
        this.stop = stop;
        this.tally = tally;
    }

    /** Runs them all; gives the exit code. */
    int run(
            List<DatabasePlace> places,
            Function<DatabasePlace, MigrationOrder> order,
            Migrator migrator) {
        start(places, place -> migrate(place, order.apply(place), migrator)).forEach(ManyRun::join);
        var isDone = tally.sum();
        if (stop.isPulled()) {
            return ErrorCode.INTERRUPTED.exitCode();
        }
        return isDone ? 0 : ErrorCode.FAILED.exitCode();
    }

    /** Starts the work on each as soon as there is room for it. */
    private List<Thread> start(List<DatabasePlace> places, Consumer<DatabasePlace> work) {
        var free = new Semaphore(parallel);
        var threads = new ArrayList<Thread>();
        for (var place : places) {
            free.acquireUninterruptibly();
            if (halted || stop.isPulled()) {
                break;
            }
            threads.add(Thread.ofVirtual().start(() -> release(free, work, place)));
        }
        return threads;
    }

    private static void release(Semaphore free, Consumer<DatabasePlace> work, DatabasePlace place) {
        try {
            work.accept(place);
        } finally {
            free.release();
        }
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true; // the thread hears of it itself and ends
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void migrate(DatabasePlace place, MigrationOrder order, Migrator migrator) {
        try (var talk = talk(place, order)) {
            stop.during(() -> tell(place, order, migrator.run(order, stop, talk)));
        } catch (SkeinException e) {
            failed(place, "interrupted", e, List.of(), List.of());
        } finally {
            tally.idle(place.name());
        }
    }

    private ManyRunsNarrator talk(DatabasePlace place, MigrationOrder order) {
        var name = place.name();
        var ticker = new ProgressTicker(out, line -> tally.working(name, line));
        return new ManyRunsNarrator(name, ticker, order.scripts(), line -> tally.noted(name, line));
    }

    private void tell(DatabasePlace place, MigrationOrder order, Outcome outcome) {
        switch (outcome) {
            case Outcome.Done done -> tally.ended(result(place, done));
            case Outcome.Held held -> tally.ended(result(place, held));
            case Outcome.Failed failed -> {
                var left = new FailureRemains(out, order.scripts()).lines(failed, order.goal());
                failed(place, "failed", failed.error(), failed.heads(), left);
            }
            default ->
                    failed(place, "refused", OutcomeMeaning.error(outcome), List.of(), List.of());
        }
    }

    private static RunResult result(DatabasePlace place, Outcome.Done done) {
        var print = done.fingerprint() == null ? null : done.fingerprint().toString();
        return new RunResult(place.name(), "done", done.path(), done.heads(), print, null);
    }

    private static RunResult result(DatabasePlace place, Outcome.Held held) {
        return new RunResult(place.name(), "held", held.path(), held.heads(), null, null);
    }

    private void failed(
            DatabasePlace place,
            String how,
            SkeinException e,
            List<String> heads,
            List<String> left) {
        halted = halted || !keepGoing;
        var name = place.name();
        tally.failed(new RunResult(name, how, List.of(), heads, null, e.getMessage()), e, left);
    }
}
