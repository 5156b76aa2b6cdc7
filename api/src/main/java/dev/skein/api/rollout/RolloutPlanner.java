// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rollout;

import dev.skein.api.fleet.AgentSaves;
import dev.skein.api.fleet.DatabaseSelector;
import dev.skein.api.fleet.FleetDatabase;
import dev.skein.api.rollout.RolloutPlan.Cohort;
import dev.skein.api.rollout.RolloutPlan.Member;
import dev.skein.api.rollout.RolloutPlan.SetAside;
import dev.skein.engine.SkeinException;
import dev.skein.engine.plan.Planner;
import dev.skein.engine.plan.UnknownHeads;
import dev.skein.engine.revision.RevisionGraph;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the plan of a rollout from the fleet as it is. Pure. */
public final class RolloutPlanner {
    private record Alike(List<String> heads, @Nullable String fingerprint) {}

    private static final Comparator<FleetDatabase> ORDER =
            Comparator.comparing(FleetDatabase::name)
                    .thenComparing(FleetDatabase::site)
                    .thenComparing(FleetDatabase::uid);

    private final RolloutSpec spec;
    private final RevisionGraph graph;
    private final BackupMeans backups;
    private final List<SetAside> setAside = new ArrayList<>();
    private final Map<Alike, List<String>> paths = new LinkedHashMap<>();
    private final Map<Alike, Integer> sizes = new HashMap<>();

    private RolloutPlanner(
            RolloutSpec spec, RevisionGraph graph, Map<String, List<AgentSaves>> saves) {
        this.backups = new BackupMeans(spec.saving(), saves);
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
        return new RolloutPlan(
                WaveShares.split(spec, members), cohorts(), setAside, List.of(selects));
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
                : backups.obstacle(database);
    }

    private List<String> path(Alike alike) {
        return new Planner(graph, alike.heads()).upgrade(spec.to()).path();
    }

    private void aside(FleetDatabase database, String reason) {
        setAside.add(new SetAside(database.uid(), database.site(), database.name(), reason));
    }
}
