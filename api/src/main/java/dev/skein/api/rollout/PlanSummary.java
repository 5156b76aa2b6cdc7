// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rollout;

import dev.skein.api.fleet.FleetDatabase;
import dev.skein.api.rollout.RolloutPlan.Cohort;
import dev.skein.api.rollout.RolloutPlan.Member;
import dev.skein.api.rollout.RolloutPlan.SetAside;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a plan of databases that come one by one, in their order, and hands them on: of a fleet of
 * any size it keeps what is shown.
 */
public final class PlanSummary {
    /** So many cohorts are shown, and so many revisions of their paths together. */
    private static final int SHOWN = 100;

    private static final int SHOWN_STEPS = 4_000;

    /** So many kinds are told apart. Of a further one each database is a kind by itself. */
    private static final int KINDS = 10_000;

    /** So many ways are told apart. */
    private static final int WAYS = 1_000;

    private record Alike(
            List<String> heads,
            @Nullable String fingerprint,
            List<String> path,
            boolean restored) {}

    private final PlanRows rows;
    private final PlanDigest digest;
    private final List<PlanGroup> waves;
    private final PlanGroup setAside = PlanGroup.ofReason("");
    private final Map<Alike, int[]> cohorts = new LinkedHashMap<>();
    private final Map<String, PlanGroup> reasons = new LinkedHashMap<>();
    private final Map<List<String>, PlannedWay> ways = new LinkedHashMap<>();
    private final Set<String> revisions = new LinkedHashSet<>();
    private int nameless;

    /**
     * @param waves their names
     * @param rows where databases are handed on to
     */
    public PlanSummary(List<String> waves, PlanRows rows) {
        this.rows = rows;
        this.digest = new PlanDigest(waves.size());
        this.waves = waves.stream().map(PlanGroup::ofWave).toList();
    }

    /**
     * Takes the next database of a wave up.
     *
     * @param database as it is
     */
    public void member(int wave, Member member, FleetDatabase database) {
        var group = waves.get(wave);
        group.add(member.site(), member.name());
        digest.member(wave, member);
        rows.member(wave, group.number(), member);
        count(member, database);
        way(wave, member);
    }

    private void count(Member member, FleetDatabase database) {
        var alike =
                new Alike(
                        database.heads(),
                        database.fingerprint(),
                        member.path(),
                        member.restore() != null);
        var number = cohorts.get(alike);
        if (number != null) {
            number[0]++;
        } else if (cohorts.size() < KINDS) {
            cohorts.put(alike, new int[] {1});
        } else {
            nameless++;
        }
    }

    private void way(int wave, Member member) {
        var path = member.path();
        var last = ways.get(path);
        if (last == null) {
            revisions.addAll(path);
        }
        if (last == null ? ways.size() < WAYS : last.wave() <= wave) {
            ways.put(path, new PlannedWay(path, wave, member.uid(), member.site()));
        }
    }

    /** Takes the next database up that is left alone. */
    void aside(FleetDatabase database, String reason) {
        var one = new SetAside(database.uid(), database.site(), database.name(), reason);
        setAside.add(one.site(), one.name());
        digest.aside(one);
        rows.aside(setAside.number(), one);
        var known = reasons.get(PlanGroup.cut(reason));
        if (known == null && reasons.size() < KINDS) {
            known = PlanGroup.ofReason(reason);
            reasons.put(known.says(), known);
        }
        if (known != null) {
            known.add(one.site(), one.name());
        }
    }

    /** How many databases are in waves. */
    int databases() {
        return waves.stream().mapToInt(PlanGroup::number).sum();
    }

    /** The first reason why a database was left alone; null for none. */
    @Nullable String firstReason() {
        return reasons.isEmpty() ? null : reasons.keySet().iterator().next();
    }

    /** The different ways that databases go, those first that are gone last. */
    public List<PlannedWay> ways() {
        return ways.values().stream()
                .sorted(Comparator.comparingInt(PlannedWay::wave).reversed())
                .toList();
    }

    /** The plan of all that came; nothing comes behind it. */
    public RolloutPlan plan(List<String> notes) {
        rows.end();
        return new RolloutPlan(
                waves.stream().map(PlanGroup::wave).toList(),
                largest(),
                cohorts.size() + nameless,
                PlanGroup.largest(reasons.values()),
                setAside.number(),
                List.copyOf(revisions),
                notes,
                digest.hex());
    }

    private List<Cohort> largest() {
        return shown(
                cohorts.entrySet().stream()
                        .sorted(Comparator.comparingInt(e -> -e.getValue()[0]))
                        .limit(SHOWN)
                        .map(e -> cohort(e.getKey(), e.getValue()[0]))
                        .toList());
    }

    private static Cohort cohort(Alike key, int databases) {
        return new Cohort(key.heads(), key.fingerprint(), key.path(), databases, key.restored());
    }

    /** Those of the largest cohorts that are shown: of long paths fewer. */
    public static List<Cohort> shown(List<Cohort> largest) {
        var shown = new ArrayList<Cohort>();
        int steps = 0;
        for (var cohort : largest) {
            steps += cohort.path().size();
            if (shown.isEmpty() || steps <= SHOWN_STEPS) {
                shown.add(cohort);
            }
        }
        return shown;
    }
}
