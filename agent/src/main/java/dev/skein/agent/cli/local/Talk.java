// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.local;

import dev.skein.agent.cli.Out;
import dev.skein.engine.execute.Progress;
import dev.skein.engine.plan.Plan;
import dev.skein.engine.plan.Step;
import dev.skein.engine.script.Batch;
import dev.skein.engine.script.Scripts;
import java.time.Duration;

/** Tells the person what happens to a database, step by step. */
final class Talk implements Progress {
    private static final long SECOND = 1_000_000_000L;

    private final Out out;
    private final Scripts scripts;
    private final String verb;
    private int total;
    private int number;
    private long told;

    Talk(Out out, Scripts scripts, String verb) {
        this.out = out;
        this.scripts = scripts;
        this.verb = verb;
    }

    @Override
    public void planned(Plan plan) {
        total = number + plan.steps().size();
    }

    @Override
    public void waitingForLock(String holder) {
        out.say("Waiting: another run holds the database: " + holder);
    }

    @Override
    public void done(Step step, Duration took) {
        number++;
        out.say(
                "[%d/%d] %s %s %s %s"
                        .formatted(
                                number,
                                total,
                                verb,
                                step.revision(),
                                scripts.get(step.revision()).revision().message(),
                                out.dim(took.toMillis() + " ms")));
    }

    @Override
    public void retrying(Step step, String reason, Duration pause) {
        out.say("Retry of %s in %d ms: %s".formatted(step.revision(), pause.toMillis(), reason));
    }

    @Override
    public void batched(Step step, long rows, Batch batch) {
        long now = System.nanoTime();
        if (now - told > SECOND) {
            told = now;
            out.say("      %s: %,d rows of %s".formatted(step.revision(), rows, batch.table()));
        }
    }

    @Override
    public void reconnecting(String reason) {
        out.say("Connecting again: " + reason + "; the journal knows what was committed");
    }
}
