// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.run;

import dev.skein.agent.cli.common.Output;
import dev.skein.engine.execute.order.ExpectedSchema;
import dev.skein.engine.execute.order.Progress;
import dev.skein.engine.execute.order.SchemaDrift;
import dev.skein.engine.plan.Plan;
import dev.skein.engine.plan.Step;
import dev.skein.engine.script.BatchDirective;
import dev.skein.engine.script.Scripts;
import java.time.Duration;
import java.util.List;

/** Tells the person what happens to a database, step by step. */
public final class RunNarrator implements Progress, AutoCloseable {
    /** So many objects are told of a schema that somebody else changed. */
    public static final int NAMED = 10;

    /** In one line: there was nothing to do. */
    static final String DRIFTED =
            "Not as its last run left it: somebody else changed the schema. See: skein check";

    private static final long SECOND = 1_000_000_000L;

    private final Output out;
    private final StepCount count;
    private final String verb;
    private final ProgressTicker ticker;
    private long told;

    RunNarrator(Output out, Scripts scripts, String verb) {
        this.out = out;
        this.count = new StepCount(scripts);
        this.verb = verb;
        this.ticker = new ProgressTicker(out);
    }

    @Override
    public void accepted(SchemaDrift drift) {
        ticker.say("Accepted, though somebody else changed it:");
        drift.lines(NAMED).forEach(line -> ticker.say("  " + line));
    }

    @Override
    public void unknown(String why) {
        ticker.say(wasNotKnown(why));
    }

    @Override
    public void staysDrifted(SchemaDrift drift) {
        ticker.say(DRIFTED);
    }

    @Override
    public void staysUnknown(ExpectedSchema.Unknown unknown, List<String> heads) {
        ticker.say(notKnown(unknown.why(), unknown.remedy(heads)));
    }

    /** In one line: a run went on all the same. */
    static String wasNotKnown(String why) {
        return "Not known: how its schema had to be (" + why + "); the journal has an entry";
    }

    /** In one line: there was nothing to do. */
    static String notKnown(String why, String remedy) {
        return "Not known: how its schema must be (" + why + "). " + remedy;
    }

    @Override
    public void planned(Plan plan) {
        count.planned(plan);
        next();
    }

    private void next() {
        ticker.running(count.now());
    }

    @Override
    public void running(Step step, int statement, int statements) {
        if (statements > 1) {
            ticker.running(count.doing(step, statement, statements));
        }
    }

    @Override
    public void waitingForLock(String holder) {
        ticker.say("Waiting: another run holds the database: " + holder);
        ticker.running("Waiting for the other run");
    }

    @Override
    public void done(Step step, Duration took) {
        var which = count.done();
        var millis = out.dim(took.toMillis() + " ms");
        ticker.say(which + verb + " " + count.named(step) + " " + millis);
        next();
    }

    @Override
    public void retrying(Step step, String reason, Duration pause) {
        ticker.say("Retry of %s in %d ms: %s".formatted(step.revision(), pause.toMillis(), reason));
        next();
    }

    @Override
    public void readingAgain(String reason, Duration pause) {
        ticker.say("Reading its schema again in %d ms: %s".formatted(pause.toMillis(), reason));
    }

    @Override
    public void batched(Step step, long rows, BatchDirective batch) {
        long now = System.nanoTime();
        if (now - told > SECOND) {
            told = now;
            ticker.say("      %s: %,d rows of %s".formatted(step.revision(), rows, batch.table()));
        }
    }

    @Override
    public void reconnecting(String reason) {
        ticker.say("Connecting again: " + reason + "; the journal knows what was committed");
    }

    @Override
    public void close() {
        ticker.close();
    }
}
