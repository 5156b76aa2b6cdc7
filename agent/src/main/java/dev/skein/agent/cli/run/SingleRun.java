// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.run;

import dev.skein.agent.cli.common.CliWords;
import dev.skein.agent.cli.common.Output;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.engine.execute.Migrator;
import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.order.MigrationOrder;
import dev.skein.engine.execute.order.Outcome;
import dev.skein.engine.execute.order.UnacceptedDrift;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.script.Scripts;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A run on one database, told step by step. */
final class SingleRun {
    private final Output out;
    private final boolean json;
    private final Scripts scripts;
    private final String verb;

    SingleRun(Output out, boolean json, Scripts scripts, String verb) {
        this.out = out;
        this.json = json;
        this.scripts = scripts;
        this.verb = verb;
    }

    /** Runs; what is not done is thrown. */
    int run(PgClient client, Migrator migrator, MigrationOrder order, StopSignal stop) {
        var outcome = new AtomicReference<@Nullable Outcome>();
        try (var talk = new RunNarrator(out, scripts, verb)) {
            stop.during(() -> outcome.set(migrator.run(order, stop, talk)));
        } catch (SkeinException e) {
            if (e.code() == ErrorCode.INTERRUPTED) {
                return stopped(heads(client, order));
            }
            throw e;
        }
        var ended = outcome.get();
        return ended == null ? ErrorCode.INTERRUPTED.exitCode() : report(ended, order.goal());
    }

    /** What was cut off stands in the journal or was rolled back. */
    private static List<String> heads(PgClient client, MigrationOrder order) {
        try (var session = client.open(order.address(), "skein", Map.of())) {
            var journal = new Journal(session, order.scope().schema());
            return journal.exists()
                    ? journal.read().map(JournalState::heads).orElse(List.of())
                    : List.of();
        }
    }

    /** Said here and not thrown: the process ends as soon as the run has let go. */
    private int stopped(List<String> heads) {
        out.say("Stopped: at " + CliWords.heads(heads) + ". Run it again to go on.");
        return ErrorCode.INTERRUPTED.exitCode();
    }

    /** The result in JSON. */
    record Result(List<String> applied, List<String> heads, @Nullable String fingerprint) {}

    private int report(Outcome outcome, Goal goal) {
        return switch (outcome) {
            case Outcome.Done done -> done(done);
            case Outcome.Held held -> stopped(held.heads());
            case Outcome.Failed failed -> failed(failed, goal);
            case Outcome.Refused refused when refused.reason() instanceof UnacceptedDrift drifted ->
                    drifted(drifted);
            default -> throw OutcomeMeaning.error(outcome);
        };
    }

    /** Said here, as only here is known what is left behind it. */
    private int failed(Outcome.Failed failed, Goal goal) {
        var error = failed.error();
        out.error(error);
        new FailureRemains(out, scripts).lines(failed, goal).forEach(out::say);
        return error.code().exitCode();
    }

    private int drifted(UnacceptedDrift drifted) {
        out.error(drifted);
        drifted.drift().lines(RunNarrator.NAMED).forEach(line -> out.say("    " + line));
        return drifted.code().exitCode();
    }

    private int done(Outcome.Done done) {
        var print = done.fingerprint() == null ? null : done.fingerprint().toString();
        var heads = CliWords.heads(done.heads());
        if (json) {
            out.json(new Result(done.path(), done.heads(), print));
        } else if (done.path().isEmpty() && print == null) {
            out.say("Already there: " + heads);
        } else {
            out.say(out.good("Done") + ": at " + heads);
        }
        return 0;
    }
}
