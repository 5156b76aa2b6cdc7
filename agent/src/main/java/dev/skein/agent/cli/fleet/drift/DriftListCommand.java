// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.drift;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.common.PositiveCount;
import dev.skein.agent.cli.fleet.answer.AnswerReader;
import dev.skein.agent.cli.fleet.answer.DriftCohort;
import dev.skein.agent.cli.fleet.answer.DriftCohort.Change;
import dev.skein.agent.cli.fleet.client.FleetOptions;
import dev.skein.agent.cli.fleet.client.TextTable;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code skein drift list}. */
@Command(name = "list", description = "List what was found, those that differ alike together.")
final class DriftListCommand extends BaseCommand {
    @Mixin private final FleetOptions fleet = new FleetOptions();

    @Option(names = "--all", description = "Also what is over.")
    private boolean all;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "500",
            converter = PositiveCount.class,
            description = "At most so many, in the order of their names.")
    private int limit;

    @Override
    public Integer call() {
        try (var audit = fleet.auditClient()) {
            var list = CohortChoice.list(audit, all, limit);
            if (isJson()) {
                out().json(list);
            } else if (list.isEmpty()) {
                out().say("Nothing: every database that was seen is as its journal left it.");
            } else {
                print(list.stream().map(one -> AnswerReader.read(one, DriftCohort.class)).toList());
            }
        }
        return 0;
    }

    private void print(List<DriftCohort> cohorts) {
        var table =
                new TextTable("COHORT", "DATABASES", "STATE", "FIRST SEEN", "LAST SEEN", "WHAT");
        cohorts.forEach(cohort -> row(table, cohort));
        table.lines(out().width(Integer.MAX_VALUE)).forEach(out()::result);
    }

    private static void row(TextTable table, DriftCohort cohort) {
        table.row(
                cohort.cohort(),
                cohort.number(),
                String.join(", ", cohort.states()),
                cohort.firstSeen(),
                cohort.lastSeen(),
                inWords(cohort.differences().changes()));
    }

    private static String inWords(List<Change> changes) {
        var what = changes.isEmpty() ? "?" : changes.getFirst().inWords();
        return what + (changes.size() > 1 ? ", and " + (changes.size() - 1) + " more" : "");
    }
}
