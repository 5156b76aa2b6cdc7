// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rollout;

import dev.skein.api.fleet.FleetDatabase;
import dev.skein.api.rollout.RolloutPlan.Cohort;
import dev.skein.api.rollout.RolloutPlan.Member;
import dev.skein.api.rollout.RolloutPlan.SetAside;
import dev.skein.api.rollout.RolloutPlan.Wave;
import dev.skein.engine.SkeinException;
import dev.skein.engine.script.Scripts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    private record Alike(
            List<String> heads,
            @Nullable String fingerprint,
            List<String> path,
            boolean restored) {}

    /**
     * What is known beside the revisions.
     *
     * @param ways what rehearsals showed of them, by checksum
     * @param backups the digest of the full backup from before the rollout, by database
     * @param silent sites whose agents were heard of once, and not lately
     * @param restored databases that an earlier rollback of the same rollout has restored
     */
    public record Known(
            Map<String, WayBack> ways,
            Map<String, String> backups,
            Set<String> silent,
            Set<String> restored) {
        public Known {
            ways = Map.copyOf(ways);
            backups = Map.copyOf(backups);
            silent = Set.copyOf(silent);
            restored = Set.copyOf(restored);
        }
    }

    private final RolloutSpec spec;
    private final RolloutSpec.Undo undo;
    private final Map<String, FleetDatabase> fleet;
    private final Known known;
    private final RehearsedWays ways;
    private final WaysBack back;
    private final List<Member> members = new ArrayList<>();
    private final List<SetAside> setAside = new ArrayList<>();
    private final Map<Alike, Integer> cohorts = new LinkedHashMap<>();

    private RollbackPlanner(
            RolloutSpec spec,
            RolloutSpec.Undo undo,
            Scripts scripts,
            List<FleetDatabase> fleet,
            Known known) {
        this.known = known;
        this.ways = new RehearsedWays(scripts, known.ways());
        this.back = new WaysBack(scripts.graph(), ways);
        this.spec = spec;
        this.undo = undo;
        this.fleet =
                fleet.stream().collect(Collectors.toMap(FleetDatabase::uid, d -> d, (a, b) -> a));
    }

    /**
     * Plans.
     *
     * @param spec with what is taken back
     * @throws SkeinException where there is nothing to take back
     */
    public static RolloutPlan plan(
            RolloutSpec spec,
            RolloutSpec.Undo undo,
            Scripts scripts,
            List<Touched> touched,
            List<FleetDatabase> fleet,
            Known known) {
        return new RollbackPlanner(spec, undo, scripts, fleet, known).plan(touched);
    }

    /** As people name databases, for those of one name. */
    private String names(List<Touched> touched) {
        return touched.stream()
                .map(Touched::uid)
                .map(uid -> {
                    var known = fleet.get(uid);
                    return known == null
                            ? uid
                            : String.join("/", known.site(), known.server(), known.name());
                })
                .collect(Collectors.joining(", "));
    }

    private RolloutPlan plan(List<Touched> touched) {
        refuseUnclear(touched);
        touched.forEach(this::place);
        refuseNothing();
        var wave = new Wave(spec.waves().getFirst().name(), members);
        return new RolloutPlan(List.of(wave), alike(), setAside, ways.notes(members));
    }

    private void refuseUnclear(List<Touched> touched) {
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
                    "Name one of them: " + names(touched));
        }
    }

    private void refuseNothing() {
        if (members.isEmpty()) {
            throw SkeinException.failed(
                    "Rollout " + undo.rollout(),
                    "nothing can be taken back on any of its databases: "
                            + (setAside.isEmpty()
                                    ? "they are all gone"
                                    : setAside.getFirst().reason()),
                    "See: skein rollout show " + undo.rollout());
        }
    }

    private List<Cohort> alike() {
        var alike = new ArrayList<Cohort>();
        cohorts.forEach((key, count) ->
                alike.add(
                        new Cohort(
                                key.heads(),
                                key.fingerprint(),
                                key.path(),
                                count,
                                key.restored())));
        return alike;
    }

    /** Takes a database into the plan, or sets it aside. */
    private void place(Touched touched) {
        var database = fleet.get(touched.uid());
        if (database == null) {
            return; // it was dropped: there is nothing to take back, and nothing to say it to
        }
        if (database.problem() != null) {
            aside(database, database.problem());
            return;
        }
        switch (back.from(database.heads(), touched.path())) {
            case WaysBack.None none -> restoreOnly(database, touched, none.obstacle());
            case WaysBack.Path path -> choose(database, touched, path);
        }
    }

    /** What cannot be walked back can still be restored, where that was asked for. */
    private void restoreOnly(FleetDatabase database, Touched touched, String obstacle) {
        if (undo.way() == RolloutSpec.Way.RESTORE) {
            restore(database, touched.path());
        } else {
            aside(database, obstacle);
        }
    }

    /** The downgrade where nothing is known against it, else the backup, else a person decides. */
    private void choose(FleetDatabase database, Touched touched, WaysBack.Path way) {
        var path = way.steps();
        var against = way.against();
        var oneWay = way.oneWay();
        if (undo.way() == RolloutSpec.Way.RESTORE) {
            restore(database, path.isEmpty() ? touched.path() : path);
        } else if (path.isEmpty()) {
            aside(database, "nothing of it is applied there");
        } else if (against.isEmpty()) {
            member(database, path, null);
        } else if (undo.way() == RolloutSpec.Way.DOWNGRADE && oneWay.isEmpty()) {
            member(database, path, null);
        } else if (undo.way() == null && known.backups().containsKey(database.uid())) {
            restore(database, path);
        } else if (!oneWay.isEmpty()) {
            aside(
                    database,
                    "there is no way back from %s%s"
                            .formatted(String.join(", ", oneWay), noBackup(database)));
        } else {
            aside(
                    database,
                    "%s, and there is no full backup from before; --way downgrade goes all the same"
                            .formatted(ways.inWords(against.getFirst())));
        }
    }

    private String noBackup(FleetDatabase database) {
        return known.backups().containsKey(database.uid())
                ? ""
                : ", and no full backup from before";
    }

    /** Once, unless it is asked for by its name: what was written since would be lost. */
    private void restore(FleetDatabase database, List<String> path) {
        var backup = known.backups().get(database.uid());
        if (undo.database() == null && known.restored().contains(database.uid())) {
            aside(database, "it was restored by an earlier rollback; --database does it again");
        } else if (backup == null) {
            aside(database, "there is no full backup from before");
        } else {
            member(database, path, backup);
        }
    }

    private void member(FleetDatabase database, List<String> path, @Nullable String backup) {
        if (known.silent().contains(database.site())) {
            aside(database, silence(database.site()));
            return;
        }
        var from = backup == null ? null : database.heads();
        members.add(
                new Member(database.uid(), database.site(), database.name(), path, backup, from));
        cohorts.merge(
                new Alike(database.heads(), database.fingerprint(), path, backup != null),
                1,
                Integer::sum);
    }

    /** Why a database is set aside that could be taken back, were its site not silent. */
    public static String silence(String site) {
        return "the agents of site " + site + " are silent";
    }

    private void aside(FleetDatabase database, String reason) {
        setAside.add(new SetAside(database.uid(), database.site(), database.name(), reason));
    }
}
