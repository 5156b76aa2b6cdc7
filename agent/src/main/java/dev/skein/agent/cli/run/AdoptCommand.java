// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.run;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.common.CliWords;
import dev.skein.agent.cli.common.ReasonGiven;
import dev.skein.agent.cli.place.ClaimOptions;
import dev.skein.agent.cli.place.CommandClient;
import dev.skein.agent.cli.place.DatabaseOptions;
import dev.skein.agent.cli.place.DatabasePlace;
import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.script.Scripts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
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

    @Override
    public Integer call() {
        refuseBesideReason("--record", table);
        refuseBesideReason("--accept-drift", acceptDrift);
        var results = new ArrayList<AdoptedDatabase>();
        int worst = 0;
        try (var client = CommandClient.take()) {
            var scripts = claim == null ? databases.project().scripts() : Scripts.of(List.of());
            var places = databases.places(client);
            if (claim != null) {
                claim.refuseForSeveral(places);
            }
            var adoption = adoption(client, scripts, places.size() == 1);
            for (var place : places) {
                worst = Math.max(worst, adopt(place, adoption, results));
            }
        }
        if (isJson()) {
            out().json(results);
        }
        return worst;
    }

    private Function<DatabasePlace, AdoptedDatabase> adoption(
            PgClient client, Scripts scripts, boolean isAlone) {
        if (claim != null) {
            return new ClaimAdoption(client, out(), claim, isAlone)::adopt;
        }
        return new RecordAdoption(client, scripts, table, acceptDrift)::adopt;
    }

    /** Adopts one; gives the exit code. */
    private int adopt(
            DatabasePlace place,
            Function<DatabasePlace, AdoptedDatabase> adoption,
            List<AdoptedDatabase> results) {
        try {
            var result = adoption.apply(place);
            results.add(result);
            tell(result);
            return 0;
        } catch (SkeinException e) {
            tell(place, e);
            return e.code().exitCode();
        }
    }

    private void refuseBesideReason(String option, @Nullable String value) {
        if (value != null && claim != null) {
            throw SkeinException.usage(
                    "Option " + option, "it is about another tool's record", "Leave it out");
        }
    }

    private void tell(AdoptedDatabase result) {
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
}
