// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.intake;

import dev.skein.agent.daemon.run.DirectiveAnswers;
import dev.skein.agent.daemon.run.TenantRun;
import dev.skein.agent.daemon.run.WorkBrake;
import dev.skein.engine.event.Directive;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** The threads that carry directives out, one each. */
final class WorkThreads {
    private static final Logger LOG = Logger.getLogger(WorkThreads.class);
    private static final Duration RETRY_PAUSE = Duration.ofMillis(300);

    private final TenantRun runs;
    private final DirectiveAnswers answers;
    private final Finished finished;
    private final Map<String, Work> working = new ConcurrentHashMap<>();
    private volatile boolean ending;

    private record Work(Thread thread, WorkBrake brake) {}

    /** Hears that a directive is not worked on any more. */
    interface Finished {
        void finished(Directive directive, boolean settled);
    }

    WorkThreads(TenantRun runs, DirectiveAnswers answers, Finished finished) {
        this.runs = runs;
        this.answers = answers;
        this.finished = finished;
    }

    void start(Directive directive) {
        LOG.debugf("start %s", directive);
        var brake = new WorkBrake();
        var thread = Thread.ofVirtual().unstarted(() -> work(directive, brake));
        working.put(directive.uid(), new Work(thread, brake));
        thread.start();
    }

    private void work(Directive directive, WorkBrake brake) {
        boolean settled = false;
        try {
            settled =
                    LastWord.of(
                            directive.uid(),
                            () -> runs.carryOut(directive, brake),
                            end -> answers.answerUnexpected(directive, end));
        } finally {
            working.remove(directive.uid());
            ended(directive, settled);
        }
    }

    private void ended(Directive directive, boolean settled) {
        if (!ending && (settled || paused())) {
            finished.finished(directive, settled);
        }
    }

    /** What was not settled is begun again, but not at once. */
    private static boolean paused() {
        try {
            Thread.sleep(RETRY_PAUSE);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Lets one come to its next step boundary. */
    void stop(Directive directive) {
        var work = working.get(directive.uid());
        if (work != null) {
            work.brake().pull();
        }
    }

    /** Says something for which nothing is run. */
    void answerHeld(Directive directive) {
        Thread.startVirtualThread(() -> answers.answerHeld(directive));
    }

    /** Says again how one ended. */
    void repeat(Directive directive) {
        Thread.startVirtualThread(() -> answers.repeat(directive));
    }

    /** Lets all that run come to their next step boundary before the process ends. */
    void end(Duration within) {
        ending = true;
        var left = new ArrayList<>(working.values());
        left.forEach(work -> work.brake().pull());
        long end = System.nanoTime() + within.toNanos();
        try {
            for (var work : left) {
                work.thread().join(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    int running() {
        return working.size();
    }
}
