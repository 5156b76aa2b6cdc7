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
        if (plan.otherCohorts() > 0) {
            lines.add("  and %d smaller groups of databases".formatted(plan.otherCohorts()));
        }
        plan.notes().forEach(note -> lines.add("  " + note));
        plan.setAside().forEach(aside -> lines.addAll(aside(aside)));
        if (plan.setAsideOtherwise() > 0) {
            var more = CliWords.counted(plan.setAsideOtherwise(), "database");
            lines.add("  set aside %s for other reasons".formatted(more));
        }
        return lines;
    }

    private static String wave(Wave wave) {
        var noun = wave.databases() == 1 ? "database" : "databases";
        var names = some(wave.examples(), wave.databases());
        return "  wave %-8s %4d %s: %s".formatted(wave.name(), wave.databases(), noun, names);
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

    private static List<String> aside(Aside aside) {
        var names = some(aside.examples(), aside.databases());
        return aside.databases() == 1
                ? List.of("  set aside %s: %s".formatted(names, aside.reason()))
                : List.of(
                        "  set aside %d databases: %s".formatted(aside.databases(), aside.reason()),
                        "      " + names);
    }

    private static String some(List<String> names, int all) {
        var shown = names.subList(0, Math.min(NAMED, names.size()));
        return String.join(" ", shown) + (all > shown.size() ? " …" : "");
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
