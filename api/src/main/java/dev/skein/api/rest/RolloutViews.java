// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rest;

import dev.skein.api.registry.RolloutRow;
import dev.skein.api.registry.TallyRow;
import dev.skein.api.registry.TargetRow;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.NotFoundException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rollouts as they are shown, by the REST interface and the console alike. */
@ApplicationScoped
public class RolloutViews {
    private static final int EXAMPLES = 5;

    /** A rollout in a list. */
    public record Summary(
            String id, String status, String author, @Nullable String approvedBy, Instant created) {
        static Summary of(RolloutRow row) {
            return new Summary(row.id, row.status, row.author, row.approvedBy, row.createdAt);
        }
    }

    /** A wave's count. */
    public record WaveView(
            String name, int planned, int open, int succeeded, int failed, boolean current) {
        public int pending() {
            return planned - open - succeeded - failed;
        }
    }

    /** Failures that share a signature. */
    public record FailureView(
            String signature, int databases, String message, List<String> examples) {}

    /** A rollout with its waves and failures. */
    public record Detail(
            String id,
            String status,
            @Nullable String reason,
            String author,
            @Nullable String approvedBy,
            String bundle,
            String to,
            String planHash,
            Instant created,
            @Nullable Instant approved,
            Instant changed,
            List<WaveView> waves,
            List<FailureView> failures) {}

    /** A database's part. */
    public record TargetView(
            String uid,
            String site,
            String name,
            int wave,
            String state,
            @Nullable Long generation,
            @Nullable String signature,
            @Nullable String message,
            @Nullable Long millis) {}

    /** The row of a rollout, or 404. */
    public Uni<RolloutRow> row(String id) {
        return Panache.withSession(() -> find(id));
    }

    private static Uni<RolloutRow> find(String id) {
        return RolloutRow.<RolloutRow>findById(id)
                .onItem()
                .ifNull()
                .failWith(() -> new NotFoundException("there is no rollout " + id));
    }

    /** A rollout with waves and failures. */
    public Uni<Detail> detail(String id) {
        return Panache.withSession(() ->
                find(id).chain(row ->
                        TallyRow.<TallyRow>list("rollout", Sort.by("wave"), id)
                                .chain(waves -> detail(row, waves))));
    }

    private static Uni<Detail> detail(RolloutRow row, List<TallyRow> waves) {
        return TargetRow.<TargetRow>list(
                        "rollout = ?1 and state = 'failed'", Sort.by("place"), row.id)
                .map(failed ->
                        new Detail(
                                row.id,
                                row.status,
                                row.reason,
                                row.author,
                                row.approvedBy,
                                row.bundle,
                                row.target,
                                row.planHash,
                                row.createdAt,
                                row.approvedAt,
                                row.changedAt,
                                waves.stream().map(w -> wave(w, row)).toList(),
                                failures(failed)));
    }

    private static WaveView wave(TallyRow w, RolloutRow row) {
        return new WaveView(w.name, w.planned, w.open, w.succeeded, w.failed, w.wave == row.wave);
    }

    private static List<FailureView> failures(List<TargetRow> failed) {
        var groups = new LinkedHashMap<String, List<TargetRow>>();
        for (var target : failed) {
            var signature = Objects.requireNonNullElse(target.signature, "unknown");
            groups.computeIfAbsent(signature, s -> new ArrayList<>()).add(target);
        }
        return groups.entrySet().stream()
                .map(group ->
                        new FailureView(
                                group.getKey(),
                                group.getValue().size(),
                                Objects.requireNonNullElse(group.getValue().getFirst().message, ""),
                                group.getValue().stream()
                                        .limit(EXAMPLES)
                                        .map(t -> t.site + "/" + t.name)
                                        .toList()))
                .toList();
    }

    /** The databases of a rollout, all or those in a state. */
    public Uni<List<TargetView>> targets(String id, String state) {
        return row(id).chain(() ->
                        Panache.withSession(() ->
                                TargetRow.<TargetRow>list(
                                        "rollout = ?1 and (?2 = '' or state = ?2)",
                                        Sort.by("wave").and("place"),
                                        id,
                                        state)))
                .map(rows -> rows.stream().map(RolloutViews::target).toList());
    }

    private static TargetView target(TargetRow t) {
        return new TargetView(
                t.uid,
                t.site,
                t.name,
                t.wave,
                t.state,
                t.generation,
                t.signature,
                t.message,
                t.millis);
    }
}
