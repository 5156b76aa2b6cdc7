// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.query;

import dev.skein.api.query.RolloutViews.AsideView;
import dev.skein.api.query.RolloutViews.DoingView;
import dev.skein.api.query.RolloutViews.FailureView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A rollout's databases in groups of those that have the same to tell, each with examples. */
final class TargetGroups {
    private static final int EXAMPLES = 5;

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

    private static List<TargetRow> in(List<TargetRow> targets, String state) {
        return targets.stream().filter(target -> target.state.equals(state)).toList();
    }

    /** Those that failed, by what they failed of. */
    static List<FailureView> failures(List<TargetRow> targets) {
        return grouped(in(targets, "failed"), t -> t.signature, "unknown").entrySet().stream()
                .map(group ->
                        new FailureView(
                                group.getKey(),
                                group.getValue().size(),
                                Objects.requireNonNullElse(group.getValue().getFirst().message, ""),
                                examples(group.getValue())))
                .toList();
    }

    /** Those that were set aside, by why. */
    static List<AsideView> setAside(List<TargetRow> targets) {
        return grouped(in(targets, "aside"), t -> t.message, "no reason was given")
                .entrySet()
                .stream()
                .map(group ->
                        new AsideView(
                                group.getKey(),
                                group.getValue().size(),
                                examples(group.getValue())))
                .toList();
    }

    private static Map<String, List<TargetRow>> grouped(
            List<TargetRow> targets, Function<TargetRow, @Nullable String> by, String otherwise) {
        var groups = new LinkedHashMap<String, List<TargetRow>>();
        for (var target : targets) {
            var key = Objects.requireNonNullElse(by.apply(target), otherwise);
            groups.computeIfAbsent(key, s -> new ArrayList<>()).add(target);
        }
        return groups;
    }

    private static List<String> examples(List<TargetRow> targets) {
        return targets.stream().limit(EXAMPLES).map(t -> t.site + "/" + t.name).toList();
    }
}
