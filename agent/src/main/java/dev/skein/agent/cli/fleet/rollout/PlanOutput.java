// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.rollout;

import dev.skein.agent.cli.common.Output;
import dev.skein.agent.cli.fleet.answer.AnswerReader;
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
            PlanText.lines(id, AnswerReader.read(answer, ShownPlan.class)).forEach(out::result);
        }
    }
}
