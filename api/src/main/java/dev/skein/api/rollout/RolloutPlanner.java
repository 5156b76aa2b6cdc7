// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rollout;

import dev.skein.api.fleet.AgentSaves;
import dev.skein.api.fleet.DatabaseSelector;
import dev.skein.api.fleet.FleetDatabase;
import dev.skein.api.rollout.RolloutPlan.Cohort;
import dev.skein.api.rollout.RolloutPlan.Member;
import dev.skein.api.rollout.RolloutPlan.SetAside;
import dev.skein.api.rollout.RolloutPlan.Wave;
import dev.skein.engine.SkeinException;
import dev.skein.engine.plan.Planner;
import dev.skein.engine.plan.UnknownHeads;
import dev.skein.engine.revision.RevisionGraph;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes the plan of a rollout from the fleet as it is. Pure. */
public final class RolloutPlanner {
    private record Alike(List<String> heads, @Nullable String fingerprint) {}

    /** So many agents are named in a reason. */
    private static final int NAMED = 3;

    private static final Comparator<FleetDatabase> ORDER =
            Comparator.comparing(FleetDatabase::name)
                    .thenComparing(FleetDatabase::site)
                    .thenComparing(FleetDatabase::uid);

    private final RolloutSpec spec;
    private final RevisionGraph graph;
    private final Map<String, List<AgentSaves>> saves;
    private final List<SetAside> setAside = new ArrayList<>();
    private final Map<Alike, List<String>> paths = new LinkedHashMap<>();
    private final Map<Alike, Integer> sizes = new HashMap<>();

    private RolloutPlanner(
            RolloutSpec spec, RevisionGraph graph, Map<String, List<AgentSaves>> saves) {
        this.saves = saves;
        this.spec = spec;
        this.graph = graph;
    }

    /**
     * Plans.
     *
     * @param fleet all databases
     * @param saves what each site's agents can take backups of, any of which may have to
     * @throws SkeinException if nothing is left to do, saying why
     */
    public static RolloutPlan plan(
            RolloutSpec spec,
            RevisionGraph graph,
            List<FleetDatabase> fleet,
            Map<String, List<AgentSaves>> saves) {
        return new RolloutPlanner(spec, graph, saves).plan(fleet);
    }

    private RolloutPlan plan(List<FleetDatabase> fleet) {
        var selected = select(fleet);
        var members = new ArrayList<Member>();
        selected.forEach(database -> member(database, members));
        if (members.isEmpty()) {
            throw SkeinException.usage(
                    "Rollout " + spec.id(),
                    "none of the "
                            + selected.size()
                            + " databases has anything to do: "
                            + setAside.getFirst().reason(),
                    "See which there are: skein targets");
        }
        var selects =
                "selects %d of the %d databases that there are"
                        .formatted(selected.size(), fleet.size());
        return new RolloutPlan(waves(members), cohorts(), setAside, List.of(selects));
    }

    private List<FleetDatabase> select(List<FleetDatabase> fleet) {
        var selector = DatabaseSelector.parse(spec.select());
        selector.refuseUnknown(fleet);
        var selected = fleet.stream().filter(selector::selects).sorted(ORDER).toList();
        if (selected.isEmpty()) {
            throw SkeinException.usage(
                    "Rollout " + spec.id(),
                    "no database matches '" + selector + "' (the fleet has " + fleet.size() + ")",
                    "See which there are: skein targets");
        }
        return selected;
    }

    private List<Cohort> cohorts() {
        return paths.entrySet().stream()
                .filter(e -> !e.getValue().isEmpty())
                .map(e ->
                        new Cohort(
                                e.getKey().heads(),
                                e.getKey().fingerprint(),
                                e.getValue(),
                                sizes.getOrDefault(e.getKey(), 0),
                                null))
                .toList();
    }

    private void member(FleetDatabase database, List<Member> members) {
        var obstacle = obstacle(database);
        if (obstacle != null) {
            aside(database, obstacle);
            return;
        }
        var alike = new Alike(database.heads(), database.fingerprint());
        try {
            var path = paths.computeIfAbsent(alike, this::path);
            if (path.isEmpty()) {
                aside(database, "already at the target");
                return;
            }
            sizes.merge(alike, 1, Integer::sum);
            members.add(
                    new Member(database.uid(), database.site(), database.name(), path, null, null));
        } catch (UnknownHeads e) {
            aside(database, e.found());
        }
    }

    /** Why nothing can begin on a database, if so. */
    private @Nullable String obstacle(FleetDatabase database) {
        if (database.problem() != null) {
            return database.problem();
        }
        return database.drifted()
                ? "it drifted: it is not as its journal left it (see: skein drift list)"
                : unsaved(database);
    }

    private List<String> path(Alike alike) {
        return new Planner(graph, alike.heads()).upgrade(spec.to()).path();
    }

    /** Why no backup can be taken of a database, if one is wanted. */
    private @Nullable String unsaved(FleetDatabase database) {
        var there = saves.getOrDefault(database.site(), List.of());
        var unfit = there.stream().filter(agent -> !agent.isFit(database.serverMajor())).toList();
        if (!spec.saving().isWanted() || (unfit.isEmpty() && !there.isEmpty())) {
            return null;
        }
        return "backup unavailable: "
                + (there.isEmpty()
                        ? "no agent of site " + database.site() + " has been heard of lately"
                        : "its server is PostgreSQL %d, and of site %s "
                                        .formatted(database.serverMajor(), database.site())
                                + text(unfit))
                + " (backup: none \"why\" goes without)";
    }

    private static String text(List<AgentSaves> unfit) {
        var named =
                unfit.stream()
                        .limit(NAMED)
                        .map(AgentSaves::words)
                        .collect(Collectors.joining("; "));
        return unfit.size() <= NAMED
                ? named
                : named + "; and %d more".formatted(unfit.size() - NAMED);
    }

    private void aside(FleetDatabase database, String reason) {
        setAside.add(new SetAside(database.uid(), database.site(), database.name(), reason));
    }

    private List<Wave> waves(List<Member> members) {
        var left = new ArrayList<>(members);
        var waves = new ArrayList<Wave>();
        for (var wave : spec.waves()) {
            var taken = take(wave.take(), left, members.size());
            left.removeAll(new HashSet<>(taken));
            waves.add(new Wave(wave.name(), taken));
        }
        if (!left.isEmpty()) {
            throw SkeinException.usage(
                    "Rollout " + spec.id(),
                    left.size() + " of " + members.size() + " databases are in no wave",
                    "Let the last wave take all");
        }
        return waves;
    }

    private static List<Member> take(TargetShare share, List<Member> left, int all) {
        if (share.kind() != TargetShare.Kind.PER_SITE) {
            return List.copyOf(left.subList(0, Math.min(left.size(), share.taken(all))));
        }
        var perSite = new HashMap<String, Integer>();
        var taken = new ArrayList<Member>();
        for (var member : left) {
            if (perSite.merge(member.site(), 1, Integer::sum) <= (int) share.number()) {
                taken.add(member);
            }
        }
        return taken;
    }
}
