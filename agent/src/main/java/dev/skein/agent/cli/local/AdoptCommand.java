// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.local;

import dev.skein.agent.cli.convert.Recorded;
import dev.skein.engine.SkeinException;
import dev.skein.engine.execute.AcceptedDrift;
import dev.skein.engine.execute.Adoption;
import dev.skein.engine.execute.Goal;
import dev.skein.engine.execute.Limits;
import dev.skein.engine.execute.Migrator;
import dev.skein.engine.execute.Order;
import dev.skein.engine.execute.Outcome;
import dev.skein.engine.execute.Progress;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.script.Scripts;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code skein adopt}. */
@Command(
        name = "adopt",
        description = {
            "Take databases over: from another tool, as it recorded them, or, with a reason, with a"
                    + " journal that belongs to another place."
        })
public final class AdoptCommand extends DatabaseCommand {
    @ArgGroup private @Nullable Reason reason;

    @Option(
            names = "--record",
            paramLabel = "TABLE",
            description =
                    "Where the other tool recorded what it applied, as [SCHEMA.]TABLE, if it was"
                            + " told another name than its own.")
    private @Nullable String table;

    @Option(
            names = "--accept-drift",
            paramLabel = "WHY",
            description =
                    "Where a run of Skein left another schema: let what the other tool or somebody"
                            + " else made of it be how it must be; the reason is kept.")
    private @Nullable String acceptDrift;

    /** What happened to the database. */
    static final class Reason {
        @Option(names = "--moved", required = true, description = "It was moved or renamed.")
        private boolean moved;

        @Option(
                names = "--restored",
                required = true,
                description = "It was restored from a backup.")
        private boolean restored;

        @Option(
                names = "--rewound",
                required = true,
                description =
                        "Its whole server was put back to an earlier moment, where it always was.")
        private boolean rewound;

        @Option(
                names = "--clone",
                required = true,
                description = "It is a copy; the other lives on.")
        private boolean clone;

        Adoption.Reason reason() {
            if (moved) {
                return Adoption.Reason.MOVED;
            }
            if (restored) {
                return Adoption.Reason.RESTORED;
            }
            if (rewound) {
                return Adoption.Reason.REWOUND;
            }
            if (clone) {
                return Adoption.Reason.CLONE;
            }
            throw new IllegalStateException("one of the options is required");
        }
    }

    /** How a database was taken over, in JSON. */
    record Result(String database, String from, List<String> heads) {}

    @Override
    public Integer call() {
        var results = new ArrayList<Result>();
        int worst = 0;
        refuseBesideReason("--record", table);
        refuseBesideReason("--accept-drift", acceptDrift);
        try (var client = Client.take()) {
            var scripts = reason == null ? scripts() : Scripts.of(List.of());
            for (var place : places(client)) {
                try {
                    results.add(
                            reason == null
                                    ? recorded(client, place, scripts)
                                    : bound(client, place, reason.reason()));
                    tell(results.getLast());
                } catch (SkeinException e) {
                    worst = Math.max(worst, e.code().exitCode());
                    tell(place, e);
                }
            }
        }
        if (isJson()) {
            out().json(results);
        }
        return worst;
    }

    private void refuseBesideReason(String option, @Nullable String value) {
        if (value != null && reason != null) {
            throw SkeinException.usage(
                    "Option " + option, "it is about another tool's record", "Leave it out");
        }
    }

    private void tell(Result result) {
        var from = " (" + result.from() + ") at ";
        out().say(out().good("Adopted") + " " + result.database() + from + names(result.heads()));
    }

    private void tell(Where place, SkeinException e) {
        out().say(out().bad("Error: ") + place.name() + ": " + e.found());
        out().say("  " + e.remedy());
    }

    private static Result bound(PgClient client, Where place, Adoption.Reason reason) {
        JournalState state =
                Adoption.run(
                        client,
                        place.address(),
                        place.scope(),
                        author(),
                        reason,
                        Clock.systemUTC());
        return new Result(place.name(), state.uid(), state.heads());
    }

    /** Stamps what the other tool says; refuses a database that Skein has migrated already. */
    private Result recorded(PgClient client, Where place, Scripts scripts) {
        Recorded record;
        try (var session = open(client, place)) {
            var state = read(session, place);
            if (state.isPresent() && !state.get().heads().isEmpty()) {
                throw SkeinException.usage(
                        "Database " + place.name(),
                        "it is Skein's already, at " + names(state.get().heads()),
                        "To write other heads: skein stamp");
            }
            var schema = place.scope().schema();
            record =
                    table == null
                            ? Recorded.find(session, schema, scripts.graph())
                            : Recorded.in(session, table, schema, scripts.graph());
        }
        var goal = new Goal.Stamp(record.heads(), false);
        var order =
                new Order(place.address(), place.scope(), scripts, goal, author(), Limits.DEFAULT)
                        .withDrift(AcceptedDrift.of(acceptDrift));
        var outcome =
                new Migrator(client, Clock.systemUTC()).run(order, () -> false, Progress.NONE);
        if (!(outcome instanceof Outcome.Done done)) {
            throw Outcomes.error(outcome);
        }
        return new Result(place.name(), record.table(), done.heads());
    }
}
