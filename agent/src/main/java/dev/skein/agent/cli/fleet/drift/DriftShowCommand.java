// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.drift;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.fleet.answer.AnswerReader;
import dev.skein.agent.cli.fleet.answer.DriftCohort;
import dev.skein.agent.cli.fleet.answer.DriftCohort.Change;
import dev.skein.agent.cli.fleet.answer.DriftCohort.Finding;
import dev.skein.agent.cli.fleet.client.FleetOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code skein drift show}. */
@Command(name = "show", description = "Show what differs, where, and since when.")
final class DriftShowCommand extends BaseCommand {
    @Mixin private final FleetOptions fleet = new FleetOptions();
    @Mixin private final CohortChoice choice = new CohortChoice();

    @Override
    public Integer call() {
        try (var audit = fleet.auditClient()) {
            var cohort = choice.findWhole(audit, true);
            if (isJson()) {
                out().json(cohort);
            } else {
                print(AnswerReader.read(cohort, DriftCohort.class));
            }
        }
        return 0;
    }

    private void print(DriftCohort cohort) {
        cohort.differences().changes().forEach(this::print);
        if (!cohort.differences().known()) {
            out().result("What differs is not known: a catalog has not come yet.");
        }
        cohort.databases().forEach(database -> out().result(line(database)));
    }

    private void print(Change change) {
        out().result(change.inWords());
        change.attributes()
                .forEach((name, values) ->
                        out().result(
                                        "    %s: %s → %s"
                                                .formatted(
                                                        name,
                                                        Change.value(values, 0),
                                                        Change.value(values, 1))));
    }

    private static String line(Finding d) {
        var since = d.fineAt().isEmpty() ? "ever" : d.fineAt();
        var why = d.reason().isEmpty() ? "" : " (" + d.endedBy() + ": " + d.reason() + ")";
        return "%s/%s  %s, between %s and %s%s"
                .formatted(d.site(), d.name(), d.state(), since, d.firstSeen(), why);
    }
}
