// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.rollout;

import dev.skein.agent.cli.common.CliWords;
import dev.skein.agent.cli.fleet.answer.PlannedRollout;
import dev.skein.agent.cli.fleet.answer.PlannedRollout.Aside;
import dev.skein.agent.cli.fleet.answer.PlannedRollout.Cohort;
import dev.skein.agent.cli.fleet.answer.PlannedRollout.Wave;
import dev.skein.agent.cli.fleet.answer.ShownPlan;
import dev.skein.agent.cli.fleet.client.ShortHash;
import java.util.ArrayList;
import java.util.List;

/** A rollout's plan for people: who gets what, in which wave. */
final class PlanText {
    private static final int NAMED = 6;

    private PlanText() {}

    /** All that is known of the plan of a rollout. */
    static List<String> lines(String id, ShownPlan shown) {
        var lines = new ArrayList<String>();
        lines.add("Plan of " + id + ", hash " + ShortHash.of(shown.hash()));
        lines.addAll(lines(shown.plan()));
        lines.addAll(ways(shown));
        shown.problems().forEach(problem -> lines.add("    " + problem));
        return lines;
    }

    /** The plan itself. */
    static List<String> lines(PlannedRollout plan) {
        var lines = new ArrayList<String>();
        plan.waves().forEach(wave -> lines.add(wave(wave)));
        plan.cohorts().forEach(cohort -> lines.add(cohort(cohort)));
        plan.notes().forEach(note -> lines.add("  " + note));
        plan.setAside().forEach(aside -> lines.add(aside(aside)));
        return lines;
    }

    private static String wave(Wave wave) {
        var names = wave.members().stream().map(m -> m.site() + "/" + m.name()).toList();
        var noun = names.size() == 1 ? "database" : "databases";
        return "  wave %-8s %4d %s: %s".formatted(wave.name(), names.size(), noun, some(names));
    }

    private static String cohort(Cohort cohort) {
        return "  %s at %s (fingerprint %s) %s"
                .formatted(
                        CliWords.counted(cohort.databases(), "database"),
                        CliWords.heads(cohort.heads()),
                        ShortHash.of(cohort.fingerprint()),
                        cohort.restored()
                                ? "restored from backup"
                                : "through " + String.join(" → ", cohort.path()));
    }

    private static String aside(Aside aside) {
        return "  set aside %s/%s: %s".formatted(aside.site(), aside.name(), aside.reason());
    }

    private static String some(List<String> names) {
        var shown = String.join(" ", names.subList(0, Math.min(NAMED, names.size())));
        return names.size() > NAMED ? shown + " …" : shown;
    }

    /** What is saved before, and what is known of the ways back. */
    private static List<String> ways(ShownPlan shown) {
        var lines = new ArrayList<String>();
        if (!shown.backup().isEmpty()) {
            lines.add("  backup before the first step: " + shown.backup());
        }
        shown.ways().forEach((revision, way) -> lines.add(way(revision, way)));
        if (!shown.unknown().isEmpty()) {
            var soon = shown.rehearsing() > 0 ? " yet, an agent rehearses it" : "";
            var ids = String.join(", ", shown.unknown());
            lines.add("  way back of %s: not known%s".formatted(ids, soon));
        }
        return lines;
    }

    private static String way(String revision, ShownPlan.Way way) {
        var found = way.found().isEmpty() ? "" : " (" + way.found() + ")";
        return "  way back of %s: %s%s".formatted(revision, way.grade(), found);
    }
}
