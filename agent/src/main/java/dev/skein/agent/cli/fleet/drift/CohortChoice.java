// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.drift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.skein.agent.cli.fleet.answer.AnswerReader;
import dev.skein.agent.cli.fleet.answer.DriftCohort;
import dev.skein.agent.cli.fleet.client.ApiClient;
import dev.skein.agent.cli.fleet.client.FleetName;
import dev.skein.engine.SkeinException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Parameters;

/** Which cohort a command is about. */
final class CohortChoice {
    private static final String PATH = "/api/audit/drift?all=";

    @Parameters(
            paramLabel = "COHORT",
            description = "Its name, or the beginning of it; or a database in it: SITE/NAME.")
    private String cohort;

    /**
     * All that there are.
     *
     * @param over also those that are over
     */
    static JsonNode list(ApiClient audit, boolean over) {
        return audit.get(PATH + over);
    }

    /**
     * The cohort that is meant.
     *
     * @throws SkeinException where it is none, or several
     */
    JsonNode find(ApiClient audit, boolean over) {
        var list = cohort.contains("/") ? with(audit, over) : named(audit, over);
        if (list.size() != 1) {
            throw SkeinException.usage(
                    "Cohort '" + cohort + "'",
                    list.isEmpty() ? "there is none" : "there are " + list.size(),
                    "See: skein drift list");
        }
        return list.path(0);
    }

    private JsonNode named(ApiClient audit, boolean over) {
        var name = URLEncoder.encode(cohort, StandardCharsets.UTF_8);
        return audit.get(PATH + over + "&cohort=" + name);
    }

    /** The cohorts that a database is in. */
    private JsonNode with(ApiClient audit, boolean over) {
        var name = FleetName.parse(cohort);
        var found = JsonNodeFactory.instance.arrayNode();
        for (var answer : list(audit, over)) {
            AnswerReader.read(answer, DriftCohort.class).databases().stream()
                    .filter(database -> name.isMeant(database.site(), "", database.name()))
                    .forEach(database -> found.add(answer));
        }
        return found;
    }
}
