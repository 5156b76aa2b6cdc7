// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.agent.cli.common.Output;
import dev.skein.agent.cli.fleet.answer.AnswerReader;
import dev.skein.agent.cli.fleet.answer.PlannedDatabase;
import dev.skein.agent.cli.fleet.answer.ShownPlan;
import dev.skein.agent.cli.fleet.client.ApiClient;

/**
 * Prints a rollout's plan.
 *
 * @param json whether as it was answered
 */
record PlanOutput(Output out, boolean json) {
    void print(ApiClient client, String id) {
        var answer = client.get(RolloutPaths.of(id, "/plan"));
        if (json) {
            out.result(answer.toString());
        } else {
            lines(id, AnswerReader.read(answer, ShownPlan.class));
        }
    }

    private void lines(String id, ShownPlan plan) {
        PlanText.lines(id, plan).forEach(out::result);
    }

    /** With every database, of which no more than a page is held. */
    void printAll(ApiClient client, String id) {
        var answer = client.get(RolloutPaths.of(id, "/plan"));
        var placed = RolloutPaths.of(id, "/plan/databases");
        var aside = RolloutPaths.of(id, "/plan/set-aside");
        if (json) {
            out.result("{\"plan\":" + answer + ",\"databases\":[");
            array(client, placed);
            out.result("],\"setAside\":[");
            array(client, aside);
            out.result("]}");
            return;
        }
        lines(id, AnswerReader.read(answer, ShownPlan.class));
        client.rows(placed, row -> out.result(placed(database(row))));
        client.rows(aside, row -> out.result(left(database(row))));
    }

    private static PlannedDatabase database(JsonNode row) {
        return AnswerReader.read(row, PlannedDatabase.class);
    }

    private void array(ApiClient client, String path) {
        var between = new String[] {""};
        client.rows(
                path,
                row -> {
                    out.result(between[0] + row);
                    between[0] = ",";
                });
    }

    private static String placed(PlannedDatabase one) {
        return "  wave %s: %s/%s".formatted(one.wave(), one.site(), one.name());
    }

    private static String left(PlannedDatabase one) {
        return "  set aside %s/%s: %s".formatted(one.site(), one.name(), one.reason());
    }
}
