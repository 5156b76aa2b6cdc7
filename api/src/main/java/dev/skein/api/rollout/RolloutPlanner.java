// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rollout;

import dev.skein.api.fleet.AgentSaves;
import dev.skein.api.fleet.FleetDatabase;
import dev.skein.api.fleet.FleetKind;
import dev.skein.api.rollout.RolloutPlan.Member;
import dev.skein.api.rollout.RolloutSpec.WaveSpec;
import dev.skein.engine.SkeinException;
import dev.skein.engine.plan.Planner;
import dev.skein.engine.plan.UnknownHeads;
import dev.skein.engine.revision.RevisionGraph;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the plan of a rollout from the databases that it selects, which come one by one and are
 * handed on: it holds as little of a large fleet as of a small one. Pure.
 */
public final class RolloutPlanner {
    /** So many ways are remembered. */
    private static final int REMEMBERED = 10_000;

    /**
     * How databases at some heads get to the target.
     *
     * @param obstacle why they do not; null where they do
     */
    private record Way(List<String> path, @Nullable String obstacle) {}

    private final RolloutSpec spec;
    private final RevisionGraph graph;
    private final BackupMeans backups;
    private final WaveShares shares;
    private final PlanSummary summary;
    private final Map<List<String>, Way> ways = new HashMap<>();
    private int selected;
    private int left;

    /**
     * @param saves what each site's agents can take backups of, any of which may have to
     * @param rows where the plan's databases are handed on to
     */
    public RolloutPlanner(
            RolloutSpec spec,
            RevisionGraph graph,
            Map<String, List<AgentSaves>> saves,
            PlanRows rows) {
        this.spec = spec;
        this.graph = graph;
        this.backups = new BackupMeans(spec.saving(), saves);
        this.shares = new WaveShares(spec.waves());
        this.summary = new PlanSummary(spec.waves().stream().map(WaveSpec::name).toList(), rows);
    }

    /** Whether what comes is to be {@link #expect expected} before the first one is placed. */
    public boolean needsCount() {
        return shares.needAll();
    }

    /** Counts databases in that are to come. */
    public void expect(FleetKind kind) {
        if (backups.obstacle(kind.site(), kind.serverMajor()) == null
                && way(kind.heads()).obstacle() == null) {
            shares.expect(kind.databases());
        }
    }

    /** Takes a selected database into the plan, or sets it aside: by name, site and uid. */
    public void place(FleetDatabase database) {
        selected++;
        var obstacle = obstacle(database);
        if (obstacle != null) {
            summary.aside(database, obstacle);
            return;
        }
        var way = way(database.heads());
        if (way.obstacle() != null) {
            summary.aside(database, way.obstacle());
            return;
        }
        take(database, way.path());
    }

    private void take(FleetDatabase database, List<String> path) {
        int wave = shares.next(database.site());
        if (wave == WaveShares.NONE) {
            left++;
            return;
        }
        var member = new Member(database.uid(), database.site(), database.name(), path, null, null);
        summary.member(wave, member, database);
    }

    /** Why nothing can begin on a database, if so. */
    private @Nullable String obstacle(FleetDatabase database) {
        if (database.problem() != null) {
            return database.problem();
        }
        return database.drifted()
                ? "it drifted: it is not as its journal left it (see: skein drift list)"
                : backups.obstacle(database.site(), database.serverMajor());
    }

    private Way way(List<String> heads) {
        var known = ways.get(heads);
        if (known == null) {
            known = find(heads);
            if (ways.size() == REMEMBERED) {
                ways.clear();
            }
            ways.put(heads, known);
        }
        return known;
    }

    private Way find(List<String> heads) {
        try {
            var path = new Planner(graph, heads).upgrade(spec.to()).path();
            return new Way(path, path.isEmpty() ? "already at the target" : null);
        } catch (UnknownHeads e) {
            return new Way(List.of(), e.found());
        }
    }

    /** The different ways that databases go, those first that are gone last. */
    public List<PlannedWay> ways() {
        return summary.ways();
    }

    /**
     * The plan of all that came.
     *
     * @param fleet how many databases there are
     * @throws SkeinException if nothing is left to do, or something is in no wave, saying why
     */
    public RolloutPlan plan(long fleet) {
        refuseNone(fleet);
        if (left > 0) {
            throw refused(
                    left + " of " + (summary.databases() + left) + " databases are in no wave",
                    "Let the last wave take all");
        }
        var selects = "selects %d of the %d databases that there are".formatted(selected, fleet);
        return summary.plan(List.of(selects));
    }

    private void refuseNone(long fleet) {
        if (selected == 0) {
            throw refused(
                    "no database matches '%s' (the fleet has %d)"
                            .formatted(spec.select().strip(), fleet),
                    "See which there are: skein targets");
        }
        if (summary.databases() + left == 0) {
            throw refused(
                    "none of the %d databases has anything to do: %s"
                            .formatted(selected, summary.firstReason()),
                    "See which there are: skein targets");
        }
    }

    private SkeinException refused(String found, String remedy) {
        return SkeinException.usage("Rollout " + spec.id(), found, remedy);
    }
}
