// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rollout;

import dev.skein.api.fleet.Database;
import dev.skein.api.rollout.RolloutPlan.Cohort;
import dev.skein.api.rollout.RolloutPlan.Member;
import dev.skein.api.rollout.RolloutPlan.SetAside;
import dev.skein.api.rollout.RolloutPlan.Wave;
import dev.skein.engine.SkeinException;
import dev.skein.engine.plan.Planner;
import dev.skein.engine.plan.UnknownHeads;
import dev.skein.engine.rehearse.Grade;
import dev.skein.engine.script.Script;
import dev.skein.engine.script.Scripts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes the plan that takes a rollout back, from the fleet as it is now. Pure. */
public final class RollbackPlanner {
    /**
     * A database of the rollout that is taken back.
     *
     * @param path the revisions that it was to go through
     */
    public record Touched(String uid, List<String> path) {
        public Touched {
            path = List.copyOf(path);
        }
    }

    private record Alike(List<String> heads, @Nullable String fingerprint, List<String> path) {}

    private final Spec spec;
    private final Spec.Undo undo;
    private final Scripts scripts;
    private final Map<String, Database> fleet;
    private final List<Member> members = new ArrayList<>();
    private final List<SetAside> setAside = new ArrayList<>();
    private final Map<Alike, Integer> cohorts = new LinkedHashMap<>();

    private RollbackPlanner(Spec spec, Spec.Undo undo, Scripts scripts, List<Database> fleet) {
        this.spec = spec;
        this.undo = undo;
        this.scripts = scripts;
        this.fleet = fleet.stream().collect(Collectors.toMap(Database::uid, d -> d, (a, b) -> a));
    }

    /**
     * Plans.
     *
     * @param spec with what is taken back
     * @param grades what rehearsals showed of the ways back, by checksum
     * @throws SkeinException where there is nothing to take back
     */
    public static RolloutPlan plan(
            Spec spec,
            Spec.Undo undo,
            Scripts scripts,
            List<Touched> touched,
            List<Database> fleet,
            Map<String, Grade> grades) {
        return new RollbackPlanner(spec, undo, scripts, fleet).plan(touched, grades);
    }

    private RolloutPlan plan(List<Touched> touched, Map<String, Grade> grades) {
        if (touched.isEmpty()) {
            throw SkeinException.usage(
                    "Rollout " + undo.rollout(),
                    "it has no such wave or database",
                    "See: skein rollout show " + undo.rollout());
        }
        if (undo.database() != null && touched.size() > 1) {
            throw SkeinException.usage(
                    "Database '" + undo.database() + "'",
                    "the rollout has " + touched.size() + " of this name",
                    "Name its uid: skein targets --json");
        }
        touched.forEach(this::one);
        if (members.isEmpty()) {
            throw SkeinException.failed(
                    "Rollout " + undo.rollout(),
                    "nothing can be taken back on any of its databases: "
                            + (setAside.isEmpty()
                                    ? "they are all gone"
                                    : setAside.getFirst().reason()),
                    "See: skein rollout show " + undo.rollout());
        }
        var alike = new ArrayList<Cohort>();
        cohorts.forEach((key, count) ->
                alike.add(new Cohort(key.heads(), key.fingerprint(), key.path(), count)));
        var wave = new Wave(spec.waves().getFirst().name(), members);
        return new RolloutPlan(List.of(wave), alike, setAside, notes(grades));
    }

    private void one(Touched touched) {
        var database = fleet.get(touched.uid());
        if (database == null) {
            return; // it was dropped: there is nothing to take back, and nothing to say it to
        }
        if (database.problem() != null) {
            aside(database, database.problem());
            return;
        }
        try {
            var steps = new Planner(scripts.graph(), database.heads()).takeBack(touched.path());
            var path = steps.path();
            var oneWay = path.stream().filter(id -> isOneWay(scripts.get(id))).toList();
            if (path.isEmpty()) {
                aside(database, "nothing of it is applied there");
            } else if (!oneWay.isEmpty()) {
                aside(database, "there is no way back from " + String.join(", ", oneWay));
            } else {
                members.add(new Member(database.uid(), database.site(), database.name(), path));
                cohorts.merge(
                        new Alike(database.heads(), database.fingerprint(), path), 1, Integer::sum);
            }
        } catch (UnknownHeads e) {
            aside(database, e.found());
        } catch (SkeinException e) {
            aside(database, e.subject() + ": " + e.found());
        }
    }

    private static boolean isOneWay(Script script) {
        return script.irreversible() != null
                || (script.downgrade().isEmpty() && !script.upgrade().isEmpty());
    }

    private void aside(Database database, String reason) {
        setAside.add(new SetAside(database.uid(), database.site(), database.name(), reason));
    }

    /** What is known of each way back. */
    private List<String> notes(Map<String, Grade> grades) {
        var ids = new TreeSet<>(Comparator.<String>naturalOrder());
        members.forEach(member -> ids.addAll(member.path()));
        var notes = new ArrayList<String>();
        for (var id : ids) {
            var grade = grades.get(scripts.get(id).checksum());
            notes.add(
                    id
                            + ": "
                            + (grade == null
                                    ? "its way back was not rehearsed"
                                    : "its way back is " + grade.words()));
        }
        return notes;
    }
}
