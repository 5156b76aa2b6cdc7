// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.rollout;

import dev.skein.agent.cli.fleet.answer.AnswerReader;
import dev.skein.agent.cli.fleet.answer.RolloutDetail;
import dev.skein.agent.cli.fleet.answer.ShownPlan;
import dev.skein.agent.cli.fleet.client.ApiClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Where the control plane has its rollouts. */
final class RolloutPaths {
    static final String ROLLOUTS = "/api/rollouts";

    private RolloutPaths() {}

    /** A rollout, or something of it. */
    static String of(String id, String tail) {
        return ROLLOUTS + "/" + URLEncoder.encode(id, StandardCharsets.UTF_8) + tail;
    }

    /** How a rollout is. */
    static RolloutDetail detail(ApiClient client, String id) {
        return AnswerReader.read(client.get(of(id, "")), RolloutDetail.class);
    }

    /** Its plan. */
    static ShownPlan plan(ApiClient client, String id) {
        return AnswerReader.read(client.get(of(id, "/plan")), ShownPlan.class);
    }
}
