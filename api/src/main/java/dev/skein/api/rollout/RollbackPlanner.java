// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rollout;

import dev.skein.api.fleet.FleetDatabase;
import dev.skein.api.rollout.RolloutPlan.Member;
import dev.skein.api.rollout.RolloutSpec.WaveSpec;
import dev.skein.engine.SkeinException;
import dev.skein.engine.script.Scripts;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes the plan that takes a rollout back, from its databases as they are now. They come in parts
 * and are handed on: it holds as little of many as of few. Pure.
 */
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

    /**
     * A backup from before the rollout.
     *
     * @param millis how long taking it took
     */
    public record Saved(String sha256, long millis) {}

    /**
     * What is known beside the revisions.
     *
     * @param ways what rehearsals showed of them, by checksum
     * @param silent sites whose agents were heard of once, and not lately
     */
    public record Known(Map<String, WayBack> ways, Set<String> silent) {
        public Known {
            ways = Map.copyOf(ways);
            silent = Set.copyOf(silent);
        }
    }

    /**
     * What is known of some of the rollout's databases, by their uids.
     *
     * @param fleet how they are; nothing of those that are not there any more
     * @param backups the full backup from before the rollout
     * @param restored those that an earlier rollback of the same rollout has restored
     */
    public record Found(
            Map<String, FleetDatabase> fleet, Map<String, Saved> backups, Set<String> restored) {
        public Found {
            fleet = Map.copyOf(fleet);
            backups = Map.copyOf(backups);
            restored = Set.copyOf(restored);
        }
    }

    private static final int NAMED = 10;

    /**
     * A database that is there, and what is known of it.
     *
     * @param restored whether an earlier rollback has restored it
     */
    private record Subject(
            FleetDatabase database, Touched touched, @Nullable Saved saved, boolean restored) {}

    private final RolloutSpec.Undo undo;
    private final Known known;
    private final RehearsedWays ways;
    private final WaysBack back;
    private final PlanSummary summary;
    private final RollbackExtent extent = new RollbackExtent();
    private int touched;

    /**
     * @param spec with what is taken back
     * @param rows where the plan's databases are handed on to
     */
    public RollbackPlanner(
            RolloutSpec spec, RolloutSpec.Undo undo, Scripts scripts, Known known, PlanRows rows) {
        this.undo = undo;
        this.known = known;
        this.ways = new RehearsedWays(scripts, known.ways());
        this.back = new WaysBack(scripts.graph(), ways);
        this.summary = new PlanSummary(spec.waves().stream().map(WaveSpec::name).toList(), rows);
    }

    /**
     * Takes the next databases of the rollout into the plan, or sets them aside.
     *
     * @throws SkeinException where it is not clear which one is meant
     */
    public void place(List<Touched> some, Found found) {
        touched += some.size();
        refuseUnclear(some, found);
        some.forEach(one -> place(one, found));
    }

    /**
     * The plan of all that came.
     *
     * @throws SkeinException where there is nothing to take back
     */
    public RolloutPlan plan() {
        refuseNothing();
        return summary.plan(ways.notes(extent.walked(), extent.restored()));
    }

    /** How far it goes. */
    public RollbackExtent extent() {
        return extent;
    }

    private void refuseUnclear(List<Touched> some, Found found) {
        if (undo.database() != null && touched > 1) {
            throw SkeinException.usage(
                    "Database '" + undo.database() + "'",
                    "the rollout has " + touched + " of this name",
                    "Name one of them: " + names(some, found));
        }
    }

    /** As people name databases, for those of one name. */
    private static String names(List<Touched> some, Found found) {
        return some.stream()
                .limit(NAMED)
                .map(Touched::uid)
                .map(uid -> {
                    var known = found.fleet().get(uid);
                    return known == null
                            ? uid
                            : String.join("/", known.site(), known.server(), known.name());
                })
                .collect(Collectors.joining(", "));
    }

    private void refuseNothing() {
        if (touched == 0) {
            throw SkeinException.usage(
                    "Rollout " + undo.rollout(),
                    "it has no such wave or database",
                    "See: skein rollout show " + undo.rollout());
        }
        if (extent.databases() == 0) {
            var reason = summary.firstReason();
            throw SkeinException.failed(
                    "Rollout " + undo.rollout(),
                    "nothing can be taken back on any of its databases: "
                            + (reason == null ? "they are all gone" : reason),
                    "See: skein rollout show " + undo.rollout());
        }
    }

    /** Takes a database into the plan, or sets it aside. */
    private void place(Touched one, Found found) {
        var database = found.fleet().get(one.uid());
        if (database == null) {
            return; // it was dropped: there is nothing to take back, and nothing to say it to
        }
        if (database.problem() != null) {
            summary.aside(database, database.problem());
            return;
        }
        var subject =
                new Subject(
                        database,
                        one,
                        found.backups().get(one.uid()),
                        found.restored().contains(one.uid()));
        switch (back.from(database.heads(), one.path())) {
            case WaysBack.None none -> restoreOnly(subject, none.obstacle());
            case WaysBack.Path path -> choose(subject, path);
        }
    }

    /** What cannot be walked back can still be restored, where that was asked for. */
    private void restoreOnly(Subject one, String obstacle) {
        if (undo.way() == RolloutSpec.Way.RESTORE) {
            restore(one, one.touched().path());
        } else {
            summary.aside(one.database(), obstacle);
        }
    }

    /** The downgrade where nothing is known against it, else the backup, else a person decides. */
    private void choose(Subject one, WaysBack.Path way) {
        var database = one.database();
        var path = way.steps();
        var against = way.against();
        var oneWay = way.oneWay();
        if (undo.way() == RolloutSpec.Way.RESTORE) {
            restore(one, path.isEmpty() ? one.touched().path() : path);
        } else if (path.isEmpty()) {
            summary.aside(database, "nothing of it is applied there");
        } else if (against.isEmpty()) {
            member(database, path, null);
        } else if (undo.way() == RolloutSpec.Way.DOWNGRADE && oneWay.isEmpty()) {
            member(database, path, null);
        } else if (undo.way() == null && one.saved() != null) {
            restore(one, path);
        } else if (!oneWay.isEmpty()) {
            summary.aside(
                    database,
                    "there is no way back from %s%s"
                            .formatted(String.join(", ", oneWay), noBackup(one)));
        } else {
            summary.aside(
                    database,
                    "%s, and there is no full backup from before; --way downgrade goes all the same"
                            .formatted(ways.inWords(against.getFirst())));
        }
    }

    private static String noBackup(Subject one) {
        return one.saved() == null ? ", and no full backup from before" : "";
    }

    /** Once, unless it is asked for by its name: what was written since would be lost. */
    private void restore(Subject one, List<String> path) {
        if (undo.database() == null && one.restored()) {
            summary.aside(
                    one.database(),
                    "it was restored by an earlier rollback; --database does it again");
        } else if (one.saved() == null) {
            summary.aside(one.database(), "there is no full backup from before");
        } else {
            member(one.database(), path, one.saved());
        }
    }

    private void member(FleetDatabase database, List<String> path, @Nullable Saved backup) {
        if (known.silent().contains(database.site())) {
            extent.addSilent();
            summary.aside(database, silence(database.site()));
            return;
        }
        var member =
                new Member(
                        database.uid(),
                        database.site(),
                        database.name(),
                        path,
                        backup == null ? null : backup.sha256(),
                        backup == null ? null : database.heads());
        summary.member(0, member, database);
        extent.add(member, backup == null ? 0 : backup.millis());
    }

    /** Why a database is set aside that could be taken back, were its site not silent. */
    private static String silence(String site) {
        return "the agents of site " + site + " are silent";
    }
}
