// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.drift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.agent.cli.fleet.client.ApiClient;
import dev.skein.agent.cli.fleet.client.FleetName;
import dev.skein.engine.SkeinException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Parameters;

/** Which cohort a command is about. */
final class CohortChoice {
    private static final String COHORTS = "/api/audit/drift/cohorts?all=";
    private static final String FINDINGS = "/api/audit/drift/findings?all=";

    /** More than one is too many, and two are enough to know. */
    private static final int SOME = 50;

    @Parameters(
            paramLabel = "COHORT",
            description = "Its name, or the beginning of it; or a database in it: SITE/NAME.")
    private String cohort;

    /**
     * The largest first, of so many by their names.
     *
     * @param over also those that are over
     */
    static List<JsonNode> list(ApiClient audit, boolean over, int most) {
        return audit.list(COHORTS + over, most)
                .valueStream()
                .sorted(Comparator.comparingLong((JsonNode one) -> -one.path("number").asLong()))
                .toList();
    }

    /**
     * The cohort that is meant, with some of its databases.
     *
     * @throws SkeinException where it is none, or several
     */
    JsonNode find(ApiClient audit, boolean over) {
        var list = cohort.contains("/") ? with(audit, over) : named(audit, over, cohort);
        if (list.size() != 1) {
            throw SkeinException.usage(
                    "Cohort '" + cohort + "'",
                    list.isEmpty() ? "there is none" : "there are " + list.size(),
                    "See: skein drift list");
        }
        return list.getFirst();
    }

    /** The same with all of its databases. */
    JsonNode findWhole(ApiClient audit, boolean over) {
        var found = find(audit, over);
        var name = encoded(found.path("cohort").asText());
        var all = audit.list(FINDINGS + over + "&cohort=" + name, Integer.MAX_VALUE);
        return found instanceof ObjectNode whole ? whole.set("databases", all) : found;
    }

    private static List<JsonNode> named(ApiClient audit, boolean over, String name) {
        var path = COHORTS + over + "&cohort=" + encoded(name);
        return audit.list(path, SOME).valueStream().toList();
    }

    /** The cohorts that a database is in. */
    private List<JsonNode> with(ApiClient audit, boolean over) {
        var name = FleetName.parse(cohort);
        var site = name.site() == null ? "" : "&site=" + encoded(name.site());
        var path = COHORTS + over + site + "&name=" + encoded(name.name());
        return audit.list(path, SOME)
                .valueStream()
                .flatMap(one -> named(audit, over, one.path("cohort").asText()).stream())
                .toList();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
