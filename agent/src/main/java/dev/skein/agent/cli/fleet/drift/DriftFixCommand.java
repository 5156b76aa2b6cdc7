// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.drift;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.fleet.answer.AnswerReader;
import dev.skein.agent.cli.fleet.answer.DriftCohort;
import dev.skein.agent.cli.fleet.client.FleetOptions;
import dev.skein.engine.SkeinException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code skein drift fix}: prints what leads back. */
@Command(
        name = "fix",
        description =
                "Print the SQL that leads back to what is expected; run it, or make it a"
                        + " revision.")
final class DriftFixCommand extends BaseCommand {
    private static final int NAMED = 6;

    @Mixin private final FleetOptions fleet = new FleetOptions();
    @Mixin private final CohortChoice choice = new CohortChoice();

    @Override
    public Integer call() {
        try (var audit = fleet.auditClient()) {
            var cohort = AnswerReader.read(choice.find(audit, false), DriftCohort.class);
            if (!cohort.differences().known()) {
                throw SkeinException.failed(
                        "Drift", "what differs is not known yet", "Wait for the next scan");
            }
            if (isJson()) {
                out().json(cohort.differences().fix());
                return 0;
            }
            cohort.differences().fix().forEach(sql -> out().result(sql + ";"));
            out().say(out().dim("for " + String.join(" ", some(cohort.names()))));
        }
        return 0;
    }

    private static List<String> some(List<String> names) {
        return names.subList(0, Math.min(NAMED, names.size()));
    }
}
