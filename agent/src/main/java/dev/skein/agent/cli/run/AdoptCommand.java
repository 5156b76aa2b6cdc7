// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.run;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.common.CliWords;
import dev.skein.agent.cli.common.ReasonGiven;
import dev.skein.agent.cli.common.YesQuestion;
import dev.skein.agent.cli.convert.record.RecordedMigrations;
import dev.skein.agent.cli.place.ClaimOptions;
import dev.skein.agent.cli.place.CommandClient;
import dev.skein.agent.cli.place.DatabaseOptions;
import dev.skein.agent.cli.place.DatabasePlace;
import dev.skein.agent.cli.place.PlaceSession;
import dev.skein.agent.cli.place.SystemUser;
import dev.skein.engine.SkeinException;
import dev.skein.engine.execute.JournalAdoption;
import dev.skein.engine.execute.JournalRetirement;
import dev.skein.engine.execute.Migrator;
import dev.skein.engine.execute.order.AcceptedDrift;
import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.order.Limits;
import dev.skein.engine.execute.order.MigrationOrder;
import dev.skein.engine.execute.order.Outcome;
import dev.skein.engine.execute.order.Progress;
import dev.skein.engine.journal.DatabaseIdentity;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.script.Scripts;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code skein adopt}. */
@Command(
        name = "adopt",
        description = {
            "Take databases over: from another tool, as it recorded them, or, with a reason, with a"
                    + " journal that belongs to another place."
        })
public final class AdoptCommand extends BaseCommand {
    @Mixin private final DatabaseOptions databases = new DatabaseOptions();

    @ArgGroup(exclusive = false)
    private @Nullable ClaimOptions claim;

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
            converter = ReasonGiven.class,
            description =
                    "Where a run of Skein left another schema: let what the other tool or somebody"
                            + " else made of it be how it must be; the reason is kept.")
    private @Nullable String acceptDrift;

    /** How a database was taken over, in JSON. */
    record Result(String database, String from, List<String> heads) {}

    @Override
    public Integer call() {
        var results = new ArrayList<Result>();
        int worst = 0;
        refuseBesideReason("--record", table);
        refuseBesideReason("--accept-drift", acceptDrift);
        try (var client = CommandClient.take()) {
            var scripts = claim == null ? databases.project().scripts() : Scripts.of(List.of());
            var places = databases.places(client);
            if (claim != null) {
                claim.refuseForSeveral(places);
            }
            for (var place : places) {
                try {
                    results.add(
                            claim == null
                                    ? recorded(client, place, scripts)
                                    : claimed(client, claim, place, places.size() == 1));
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
        if (value != null && claim != null) {
            throw SkeinException.usage(
                    "Option " + option, "it is about another tool's record", "Leave it out");
        }
    }

    private void tell(Result result) {
        var from = " (" + result.from() + ") at ";
        var done = claim != null && claim.retired() != null ? "Retired" : "Adopted";
        out().say(
                        out().good(done)
                                + " "
                                + result.database()
                                + from
                                + CliWords.heads(result.heads()));
    }

    private void tell(DatabasePlace place, SkeinException e) {
        out().say(out().bad("Error: ") + place.name() + ": " + e.found());
        out().say("  " + e.remedy());
    }

    private Result claimed(
            PgClient client, ClaimOptions said, DatabasePlace place, boolean isAlone) {
        var retired = said.retired();
        return retired == null
                ? bound(client, said, place, isAlone)
                : retired(client, place, retired, said.isAgreed());
    }

    private Result retired(PgClient client, DatabasePlace place, String schema, boolean agreed) {
        var clock = Clock.systemUTC();
        var ended =
                JournalRetirement.run(
                        client, place.address(), schema, SystemUser.author(), agreed, clock);
        return new Result(place.name() + " " + schema, ended.uid(), ended.heads());
    }

    private Result bound(PgClient client, ClaimOptions said, DatabasePlace place, boolean isAlone) {
        var scope = place.scope().withSite(said.site());
        var agreed = isAlone && (said.isAgreed() || asks(client, said, place));
        var state =
                JournalAdoption.run(
                        client,
                        place.address(),
                        scope,
                        SystemUser.author(),
                        said.claim(agreed),
                        Clock.systemUTC());
        return new Result(place.name(), state.uid(), state.heads());
    }

    /** Whether somebody says at the terminal what {@code --yes} says, where it is needed. */
    private boolean asks(PgClient client, ClaimOptions said, DatabasePlace place) {
        if (said.reason() != JournalAdoption.Reason.CLONE || !out().isTerminal()) {
            return false;
        }
        try (var session = PlaceSession.open(client, place)) {
            var journal = new Journal(session, place.scope().schema());
            var standing =
                    journal.exists() ? journal.standing() : Optional.<Journal.Standing>empty();
            var here = DatabaseIdentity.here(session, said.site());
            return standing.filter(found -> found.boundTo().isSame(here)).isPresent()
                    && YesQuestion.isAgreed(
                            out(),
                            place.name()
                                    + " is where its journal belongs. Is its whole server a copy,"
                                    + " and is it to be another database from now on?");
        }
    }

    /** Stamps what the other tool says; refuses a database that Skein has migrated already. */
    private Result recorded(PgClient client, DatabasePlace place, Scripts scripts) {
        RecordedMigrations record;
        try (var session = PlaceSession.open(client, place)) {
            var state = PlaceSession.read(session, place);
            if (state.isPresent() && !state.get().heads().isEmpty()) {
                throw SkeinException.usage(
                        "Database " + place.name(),
                        "it is Skein's already, at " + CliWords.heads(state.get().heads()),
                        "To write other heads: skein stamp HEADS");
            }
            var schema = place.scope().schema();
            record =
                    table == null
                            ? RecordedMigrations.find(session, schema, scripts.graph())
                            : RecordedMigrations.in(session, table, schema, scripts.graph());
        }
        var goal = new Goal.Stamp(record.heads(), false);
        var order =
                new MigrationOrder(
                                place.address(),
                                place.scope(),
                                scripts,
                                goal,
                                SystemUser.author(),
                                Limits.DEFAULT)
                        .withDrift(AcceptedDrift.of(acceptDrift));
        var outcome =
                new Migrator(client, Clock.systemUTC()).run(order, () -> false, Progress.NONE);
        if (!(outcome instanceof Outcome.Done done)) {
            throw OutcomeMeaning.error(outcome);
        }
        return new Result(place.name(), record.table(), done.heads());
    }
}
