// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.drift;

import dev.skein.agent.cli.common.CliWords;
import dev.skein.agent.cli.common.Output;
import dev.skein.agent.cli.fleet.answer.AnswerReader;
import dev.skein.agent.cli.fleet.answer.DriftCohort;
import dev.skein.agent.cli.fleet.client.FleetOptions;
import dev.skein.agent.cli.fleet.client.StatedReason;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Somebody's decision on a cohort. */
record DriftDecision(FleetOptions fleet, CohortChoice choice, StatedReason reason) {
    /** Takes it: the databases are meant as they were seen. */
    int decide(String verb, @Nullable Instant until, Output out) {
        try (var audit = fleet.auditClient();
                var api = fleet.client()) {
            var cohort = AnswerReader.read(choice.findWhole(audit, false), DriftCohort.class);
            var databases =
                    cohort.databases().stream()
                            .map(d -> Map.of("uid", d.uid(), "observed", d.observed()))
                            .toList();
            var body = new LinkedHashMap<String, Object>();
            body.put("databases", databases);
            body.put("reason", reason.text());
            if (until != null) {
                body.put("until", until.toString());
            }
            api.post("/api/drift/" + verb, body);
            out.say("Decided on " + CliWords.counted(databases.size(), "database"));
        }
        return 0;
    }
}
