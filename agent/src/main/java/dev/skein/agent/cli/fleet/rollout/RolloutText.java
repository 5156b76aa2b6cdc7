// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.agent.cli.common.CliWords;
import dev.skein.agent.cli.common.Output;
import java.util.ArrayList;
import java.util.List;

/** A rollout for people. */
public final class RolloutText {
    private static final int WIDTH = 30;
    private static final int SHORTEST = 10;

    private final Output out;

    RolloutText(Output out) {
        this.out = out;
    }

    List<String> lines(JsonNode r) {
        var lines = new ArrayList<String>();
        lines.add("%s  %s".formatted(out.strong(r.path("id").asText()), status(r)));
        for (var wave : r.path("waves")) {
            lines.add(wave(wave));
        }
        if (r.path("reason").isTextual()) {
            lines.add("  " + out.bad(fit(r.path("reason").asText(), 2)));
        }
        standing(r, lines);
        for (var failure : r.path("failures")) {
            var signature = failure.path("signature").asText();
            var count = CliWords.counted(failure.path("databases").asInt(), "database");
            int before = "    : ".length() + signature.length() + count.length();
            var message = fit(failure.path("message").asText(), before);
            lines.add("  %s  %s: %s".formatted(out.bad(signature), count, message));
            lines.add("      " + examples(failure));
        }
        for (var aside : r.path("setAside")) {
            var count = CliWords.counted(aside.path("databases").asInt(), "database");
            int before = "  set aside : ".length() + count.length();
            lines.add(
                    "  set aside %s: %s"
                            .formatted(count, fit(aside.path("reason").asText(), before)));
            lines.add("      " + examples(aside));
        }
        return lines;
    }

    /** Why it stands and since when, by what agents say that they are at. */
    private void standing(JsonNode r, List<String> lines) {
        if (r.path("stalled").isObject()) {
            lines.add("  " + out.bad(fit(stalled(r.path("stalled")), 2)));
        }
        for (var doing : r.path("doing")) {
            var databases = CliWords.counted(doing.path("databases").asInt(), "database");
            var head = "  %s, for %s: ".formatted(databases, time(doing.path("seconds").asLong()));
            var what = fit(doing.path("doing").asText(), head.length());
            lines.add(head + (doing.path("troubled").asBoolean() ? out.bad(what) : what));
            lines.add("      " + examples(doing));
        }
    }

    /** That nothing moves any more. */
    public static String stalled(JsonNode stalled) {
        return "stalled since %s (%s): %s"
                .formatted(
                        stalled.path("since").asText().replaceAll("\\.\\d+Z$", "Z"),
                        time(stalled.path("seconds").asLong()),
                        stalled.path("reason").asText());
    }

    private static String time(long seconds) {
        return seconds < 120 ? seconds + " s" : seconds / 60 + " min";
    }

    private String examples(JsonNode group) {
        var examples = new ArrayList<String>();
        group.path("examples").forEach(e -> examples.add(e.asText()));
        return fit(String.join(" ", examples), 6);
    }

    /** Cut to the terminal's room: a line that wraps could not be drawn over. */
    private String fit(String text, int before) {
        int room = Math.max(SHORTEST, out.width(Integer.MAX_VALUE) - before - 1);
        return text.length() <= room ? text : text.substring(0, room - 1) + "…";
    }

    private String status(JsonNode r) {
        var status = r.path("status").asText();
        return switch (status) {
            case "completed" -> out.good(status);
            case "halted", "aborted" -> out.bad(status);
            default -> status;
        };
    }

    private String wave(JsonNode wave) {
        int planned = wave.path("planned").asInt();
        int done = wave.path("succeeded").asInt();
        int failed = wave.path("failed").asInt();
        int full = planned == 0 ? 0 : done * WIDTH / planned;
        int bad =
                planned == 0 ? 0 : Math.min(WIDTH - full, (failed * WIDTH + planned - 1) / planned);
        var bar =
                out.good("█".repeat(full))
                        + out.bad("▓".repeat(bad))
                        + out.dim("░".repeat(WIDTH - full - bad));
        var text =
                "  %-8s %s %d of %d done, %d running"
                        .formatted(
                                wave.path("name").asText(),
                                bar,
                                done,
                                planned,
                                wave.path("open").asInt());
        int aside = wave.path("aside").asInt();
        return text
                + (failed == 0 ? "" : ", " + out.bad(failed + " failed"))
                + (aside == 0 ? "" : ", " + aside + " set aside");
    }
}
