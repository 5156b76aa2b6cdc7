// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.rollout;

import dev.skein.agent.cli.common.CliWords;
import dev.skein.agent.cli.common.Output;
import dev.skein.agent.cli.fleet.answer.FleetStatus.Stall;
import dev.skein.agent.cli.fleet.answer.RolloutDetail;
import dev.skein.agent.cli.fleet.answer.RolloutDetail.Aside;
import dev.skein.agent.cli.fleet.answer.RolloutDetail.Doing;
import dev.skein.agent.cli.fleet.answer.RolloutDetail.Failure;
import java.util.ArrayList;
import java.util.List;

/** A rollout for people. */
public final class RolloutText {
    private static final int SHORTEST = 10;

    private final Output out;

    RolloutText(Output out) {
        this.out = out;
    }

    List<String> lines(RolloutDetail r) {
        var lines = new ArrayList<String>();
        lines.add("%s  %s".formatted(out.strong(r.id()), status(r.status())));
        r.waves().forEach(wave -> lines.add(new WaveBar(out).line(wave)));
        if (!r.reason().isEmpty()) {
            lines.add("  " + out.bad(fit(r.reason(), 2)));
        }
        if (r.stalled() != null) {
            lines.add("  " + out.bad(fit(stalled(r.stalled()), 2)));
        }
        r.doing().forEach(doing -> lines.addAll(doing(doing)));
        r.failures().forEach(failure -> lines.addAll(failure(failure)));
        r.setAside().forEach(aside -> lines.addAll(aside(aside)));
        return lines;
    }

    /** What agents say that they are at, and since when. */
    private List<String> doing(Doing doing) {
        var head = "  %s, for %s: ".formatted(databases(doing.databases()), time(doing.seconds()));
        var what = fit(doing.doing(), head.length());
        return List.of(
                head + (doing.troubled() ? out.bad(what) : what), examples(doing.examples()));
    }

    private List<String> failure(Failure failure) {
        var count = databases(failure.databases());
        int before = "    : ".length() + failure.signature().length() + count.length();
        var message = fit(failure.message(), before);
        return List.of(
                "  %s  %s: %s".formatted(out.bad(failure.signature()), count, message),
                examples(failure.examples()));
    }

    private List<String> aside(Aside aside) {
        var head = "  set aside %s: ".formatted(databases(aside.databases()));
        return List.of(head + fit(aside.reason(), head.length()), examples(aside.examples()));
    }

    private static String databases(int number) {
        return CliWords.counted(number, "database");
    }

    /** That nothing moves any more. */
    public static String stalled(Stall stalled) {
        return "stalled since %s (%s): %s"
                .formatted(
                        stalled.since().replaceAll("\\.\\d+Z$", "Z"),
                        time(stalled.seconds()),
                        stalled.reason());
    }

    private static String time(long seconds) {
        return seconds < 120 ? seconds + " s" : seconds / 60 + " min";
    }

    private String examples(List<String> examples) {
        return "      " + fit(String.join(" ", examples), 6);
    }

    /** Cut to the terminal's room: a line that wraps could not be drawn over. */
    private String fit(String text, int before) {
        int room = Math.max(SHORTEST, out.width(Integer.MAX_VALUE) - before - 1);
        return text.length() <= room ? text : text.substring(0, room - 1) + "…";
    }

    private String status(String status) {
        return switch (status) {
            case "completed" -> out.good(status);
            case "halted", "aborted" -> out.bad(status);
            default -> status;
        };
    }
}
