// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.local;

import dev.skein.agent.cli.Out;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.engine.execute.Migrator;
import dev.skein.engine.execute.Order;
import dev.skein.engine.execute.Outcome;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.script.Scripts;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A run on one database, told step by step. */
final class SingleRun {
    private final Out out;
    private final boolean json;
    private final Scripts scripts;
    private final String verb;

    SingleRun(Out out, boolean json, Scripts scripts, String verb) {
        this.out = out;
        this.json = json;
        this.scripts = scripts;
        this.verb = verb;
    }

    /** Runs; what is not done is thrown. */
    int go(PgClient client, Migrator migrator, Order order, Stop stop) {
        var outcome = new AtomicReference<@Nullable Outcome>();
        try {
            stop.during(() -> outcome.set(migrator.run(order, stop, new Talk(out, scripts, verb))));
        } catch (SkeinException e) {
            if (e.code() == ErrorCode.INTERRUPTED) {
                throw interrupted(client, order, e);
            }
            throw e;
        }
        var ended = outcome.get();
        return ended == null ? ErrorCode.INTERRUPTED.exitCode() : report(ended);
    }

    /** What was cut off stands in the journal or was rolled back; says which. */
    private static SkeinException interrupted(PgClient client, Order order, SkeinException e) {
        try (var session = client.open(order.address(), "skein", Map.of())) {
            var journal = new Journal(session, order.scope().schema());
            var heads =
                    journal.exists()
                            ? journal.read().map(s -> s.heads()).orElse(List.of())
                            : List.<String>of();
            return stopped(e.subject(), heads);
        }
    }

    private static SkeinException stopped(String subject, List<String> heads) {
        return new SkeinException(
                ErrorCode.INTERRUPTED,
                subject,
                "the run was stopped; it is at " + DatabaseCommand.names(heads),
                "Run it again to go on");
    }

    /** The result in JSON. */
    record Result(List<String> applied, List<String> heads, @Nullable String fingerprint) {}

    private int report(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done done -> done(done);
            case Outcome.Held held -> throw stopped("The run", held.heads());
            default -> throw Outcomes.error(outcome);
        };
    }

    private int done(Outcome.Done done) {
        var print = done.fingerprint() == null ? null : done.fingerprint().toString();
        var heads = DatabaseCommand.names(done.heads());
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
