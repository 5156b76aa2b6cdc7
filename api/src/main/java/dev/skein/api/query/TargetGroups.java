// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.query;

import dev.skein.api.query.RolloutViews.AsideView;
import dev.skein.api.query.RolloutViews.DoingView;
import dev.skein.api.query.RolloutViews.FailureView;
import dev.skein.service.database.Db;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;

/** A rollout's databases in groups of those that have the same to tell, each with examples. */
final class TargetGroups {
    private static final int EXAMPLES = 5;
    private static final int KINDS = 200;

    /** That a state is one of two is said for the index of those that were not moved. */
    private static final String GROUPED =
            """
            SELECT coalesce(%%s, %%s) AS kind, count(*)::int,
                coalesce((array_agg(message ORDER BY place))[1], ''),
                (array_agg(site || '/' || name ORDER BY place))[1:%d]
            FROM rollout_target
            WHERE rollout = $1 AND state = $2 AND state IN ('failed', 'aside')
            GROUP BY kind
            ORDER BY min(place)
            LIMIT %d
            """
                    .formatted(EXAMPLES, KINDS);

    private TargetGroups() {}

    /** What agents are at, the troubled and the longest first. */
    static List<DoingView> doing(List<AttemptRow> attempts) {
        var groups = new LinkedHashMap<String, List<AttemptRow>>();
        for (var a : attempts) {
            groups.computeIfAbsent(a.troubled + a.doing, s -> new ArrayList<>()).add(a);
        }
        return groups.values().stream()
                .map(TargetGroups::group)
                .sorted(
                        Comparator.comparing(DoingView::troubled)
                                .thenComparingLong(DoingView::seconds)
                                .reversed())
                .toList();
    }

    private static DoingView group(List<AttemptRow> alike) {
        var longest = alike.getFirst();
        return new DoingView(
                longest.doing,
                longest.troubled,
                alike.size(),
                longest.seconds,
                alike.stream().limit(EXAMPLES).map(a -> a.site + "/" + a.name).toList());
    }

    /** Those that failed, by what they failed of. */
    static List<FailureView> failures(Db.Tx tx, String rollout) {
        return tx.list(
                GROUPED.formatted("signature", "'unknown'"),
                row ->
                        new FailureView(
                                row.getString(0),
                                row.getInteger(1),
                                row.getString(2),
                                List.of(row.getArrayOfStrings(3))),
                rollout,
                "failed");
    }

    /** Those that were set aside, by why. */
    static List<AsideView> setAside(Db.Tx tx, String rollout) {
        return tx.list(
                GROUPED.formatted("message", "'no reason was given'"),
                row ->
                        new AsideView(
                                row.getString(0),
                                row.getInteger(1),
                                List.of(row.getArrayOfStrings(3))),
                rollout,
                "aside");
    }
}
