// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.run;

import dev.skein.engine.execute.order.ExpectedSchema;
import dev.skein.engine.execute.order.Progress;
import dev.skein.engine.execute.order.SchemaDrift;
import dev.skein.engine.plan.Plan;
import dev.skein.engine.plan.Step;
import dev.skein.engine.script.Scripts;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hears what a run does to one database of several; only what takes long is told at once. */
final class ManyRunsNarrator implements Progress, AutoCloseable {
    private final String database;
    private final ProgressTicker ticker;
    private final StepCount count;
    private final Consumer<String> noted;

    /**
     * @param noted takes a line that is told at the end, with the databases that it is true of
     */
    ManyRunsNarrator(
            String database, ProgressTicker ticker, Scripts scripts, Consumer<String> noted) {
        this.database = database;
        this.ticker = ticker;
        this.count = new StepCount(scripts);
        this.noted = noted;
    }

    private void running(@Nullable String what) {
        ticker.running(what == null ? null : database + ": " + what);
    }

    @Override
    public void unknown(String why) {
        noted.accept(RunNarrator.wasNotKnown(why));
    }

    @Override
    public void staysDrifted(SchemaDrift drift) {
        noted.accept(RunNarrator.DRIFTED);
    }

    @Override
    public void staysUnknown(ExpectedSchema.Unknown what, List<String> heads) {
        noted.accept(RunNarrator.notKnown(what.why(), what.remedy(heads)));
    }

    @Override
    public void planned(Plan plan) {
        count.planned(plan);
        running(count.now());
    }

    @Override
    public void running(Step step, int statement, int statements) {
        if (statements > 1) {
            running(count.doing(step, statement, statements));
        }
    }

    @Override
    public void waitingForLock(String holder) {
        running("waiting for another run: " + holder);
    }

    @Override
    public void done(Step step, Duration took) {
        count.done();
        running(count.now());
    }

    @Override
    public void close() {
        ticker.close();
    }
}
