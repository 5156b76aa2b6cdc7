// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.agent.cli.common.Output;
import java.util.ArrayList;
import java.util.List;

/** What a rollback would take and lose, for people. */
final class ForecastText {
    private final Output out;

    ForecastText(Output out) {
        this.out = out;
    }

    List<String> lines(JsonNode forecast) {
        var lines = new ArrayList<String>();
        if (forecast.path("millis").isNumber()) {
            lines.add("  takes about %.1f s".formatted(forecast.path("millis").asLong() / 1000.0));
        }
        forecast.path("losses").forEach(loss -> lines.add(out.bad(loss(loss))));
        known(forecast, lines);
        forecast.path("problems").forEach(p -> lines.add("    " + p.asText()));
        return lines;
    }

    private static String loss(JsonNode loss) {
        return "  would be lost: %s%d rows of %s, in %s"
                .formatted(
                        loss.path("exact").asBoolean() ? "" : "about ",
                        loss.path("rows").asLong(),
                        loss.path("subject").asText(),
                        RolloutPlanCommand.databases(loss.path("databases").asInt()));
    }

    /** How much of it is known. */
    private void known(JsonNode forecast, List<String> lines) {
        int asked = forecast.path("concerned").asInt();
        int answered = forecast.path("answered").asInt();
        var unknown = new ArrayList<String>();
        forecast.path("unknown").forEach(id -> unknown.add(id.asText()));
        if (!unknown.isEmpty()) {
            lines.add(
                    out.bad("  what would be lost is not known: nobody has rehearsed ")
                            + String.join(", ", unknown));
        } else if (asked == 0) {
            lines.add("  nothing is lost: the way back drops no table and no column");
        } else if (answered < asked) {
            lines.add(
                    out.bad(
                            "  what %d of %d databases would lose is not known"
                                    .formatted(asked - answered, asked)));
        } else if (forecast.path("losses").isEmpty()) {
            lines.add(
                    "  nothing written since would be lost: asked "
                            + RolloutPlanCommand.databases(asked));
        }
    }
}
