// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.run;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.common.CliWords;
import dev.skein.agent.cli.common.YesQuestion;
import dev.skein.agent.cli.place.CommandClient;
import dev.skein.agent.cli.place.DatabasePlace;
import dev.skein.agent.cli.place.PlaceSession;
import dev.skein.engine.SkeinException;
import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.postgres.PgClient;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code skein stamp TARGET…}. */
@Command(
        name = "stamp",
        description = "Write heads into the journal without running SQL.",
        footer = {
            "",
            "  skein stamp head            it has everything already",
            "  skein stamp --purge 3f2a    its heads are not among the revisions here"
        })
public final class StampCommand extends BaseCommand {
    @Mixin private final RunOptions run = new RunOptions();

    @Parameters(paramLabel = "TARGET", arity = "1..*", description = "Revisions, heads, or base.")
    private List<String> targets;

    @Option(names = "--purge", description = "Forget the present heads first, even unknown ones.")
    private boolean purge;

    @Option(
            names = {"-y", "--yes"},
            description = "Stamp base although something is applied there; it is not asked.")
    private boolean yes;

    /** What is applied would be taken for missing, and run again by the next upgrade. */
    private void confirm() {
        if (yes || !targets.equals(List.of("base"))) {
            return;
        }
        try (var client = CommandClient.take()) {
            run.databases().places(client).forEach(place -> confirm(client, place));
        }
    }

    private void confirm(PgClient client, DatabasePlace place) {
        var heads = heads(client, place);
        if (!heads.isEmpty() && !YesQuestion.isAgreed(out(), question(place, heads))) {
            throw SkeinException.usage(
                    "Database " + place.name(),
                    "it is at " + CliWords.heads(heads) + ", and base says that nothing is applied",
                    "If that is so: --yes. To take revisions back: skein downgrade base");
        }
    }

    private static List<String> heads(PgClient client, DatabasePlace place) {
        try (var session = PlaceSession.open(client, place)) {
            return PlaceSession.read(session, place).map(JournalState::heads).orElse(List.of());
        }
    }

    private static String question(DatabasePlace place, List<String> heads) {
        return "%s is at %s. Write that nothing is applied there?"
                .formatted(place.name(), CliWords.heads(heads));
    }

    @Override
    public Integer call() {
        confirm();
        return new GoalRun(out(), isJson(), run).run(new Goal.Stamp(targets, purge), "stamped");
    }
}
