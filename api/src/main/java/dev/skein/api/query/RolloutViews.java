// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.query;

import dev.skein.api.config.ApiConfig;
import dev.skein.service.database.Db;
import dev.skein.service.page.ListPage;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.NotFoundException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rollouts as they are shown, by the REST interface and the console alike. */
@ApplicationScoped
public class RolloutViews {
    private static final int LISTED = 200;

    private final Db db;
    private final ApiConfig config;

    public RolloutViews(Db db, ApiConfig config) {
        this.db = db.within(config.readTimeout());
        this.config = config;
    }

    /** A rollout in a list. */
    public record Summary(
            String id, String status, String author, @Nullable String approvedBy, Instant created) {
        static Summary of(RolloutRow row) {
            return new Summary(row.id, row.status, row.author, row.approvedBy, row.createdAt);
        }
    }

    /** A wave's count. */
    public record WaveView(
            String name,
            int planned,
            int open,
            int succeeded,
            int failed,
            int aside,
            boolean current) {
        public int pending() {
            return planned - open - succeeded - failed - aside;
        }
    }

    /** Databases that were set aside while it ran, for one reason. */
    public record AsideView(String reason, int databases, List<String> examples) {}

    /** Failures that share a signature. */
    public record FailureView(
            String signature, int databases, String message, List<String> examples) {}

    /**
     * What agents are at for open databases.
     *
     * @param seconds for how long at most
     * @param troubled whether it goes on only when something changes
     */
    public record DoingView(
            String doing, boolean troubled, int databases, long seconds, List<String> examples) {
        /** For people. */
        public String minutes() {
            return RolloutViews.minutes(seconds);
        }
    }

    /**
     * That nothing moves any more, though there is open work.
     *
     * @param reason what most of its databases wait for
     */
    public record Stalled(String rollout, Instant since, long seconds, String reason) {
        /** For people. */
        public String minutes() {
            return RolloutViews.minutes(seconds);
        }

        static Stalled of(QuietRow row) {
            return new Stalled(row.rollout, row.since, row.seconds, row.reason);
        }
    }

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
            List<FailureView> failures,
            List<AsideView> setAside,
            @Nullable Stalled stalled,
            List<DoingView> doing) {}

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

    private static String minutes(long seconds) {
        return seconds < 120 ? seconds + " s" : seconds / 60 + " min";
    }

    /** The newest rollouts. */
    public List<Summary> list() {
        return newest(LISTED);
    }

    /** So many of the newest at most. */
    public List<Summary> newest(int most) {
        var rows =
                BlockingCalls.inSession(() ->
                        RolloutRow.<RolloutRow>findAll(Sort.by("createdAt").descending().and("id"))
                                .range(0, most - 1)
                                .list());
        return rows.stream().map(Summary::of).toList();
    }

    /** The row of a rollout, or 404. */
    private static Uni<RolloutRow> find(String id) {
        return RolloutRow.<RolloutRow>findById(id)
                .onItem()
                .ifNull()
                .failWith(() -> new NotFoundException("there is no rollout " + id));
    }

    /** A rollout with waves and failures. */
    public Detail detail(String id) {
        var unmoved =
                db.call(tx ->
                        new Unmoved(TargetGroups.failures(tx, id), TargetGroups.setAside(tx, id)));
        return BlockingCalls.inSession(() ->
                find(id).chain(row ->
                        TallyRow.<TallyRow>list("rollout", Sort.by("wave"), id)
                                .chain(waves ->
                                        doing(id).map(now -> detail(row, waves, unmoved, now)))));
    }

    /** Its databases that were not moved. */
    private record Unmoved(List<FailureView> failures, List<AsideView> setAside) {}

    /** What is at it now. */
    private record Now(@Nullable Stalled stalled, List<DoingView> doing) {}

    private Uni<Now> doing(String id) {
        return AttemptRow.<AttemptRow>list("rollout", Sort.by("seconds").descending(), id)
                .chain(attempts ->
                        stalled(id)
                                .map(stalled ->
                                        new Now(
                                                stalled.isEmpty() ? null : stalled.getFirst(),
                                                TargetGroups.doing(attempts))));
    }

    private Uni<List<Stalled>> stalled(String id) {
        return QuietRow.<QuietRow>list("rollout = ?1 and seconds >= ?2", id, stalledAfter())
                .map(rows -> rows.stream().map(Stalled::of).toList());
    }

    /** Rollouts in which nothing moves any more, the longest first; in a session. */
    Uni<List<Stalled>> stalled() {
        return QuietRow.<QuietRow>list(
                        "seconds >= ?1", Sort.by("seconds").descending(), stalledAfter())
                .map(rows -> rows.stream().map(Stalled::of).toList());
    }

    private long stalledAfter() {
        return config.stalledAfter().toSeconds();
    }

    private static Detail detail(RolloutRow row, List<TallyRow> waves, Unmoved unmoved, Now now) {
        return new Detail(
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
                unmoved.failures(),
                unmoved.setAside(),
                now.stalled(),
                now.doing());
    }

    private static WaveView wave(TallyRow w, RolloutRow row) {
        return new WaveView(
                w.name, w.planned, w.open, w.succeeded, w.failed, w.aside, w.wave == row.wave);
    }

    /**
     * A page of the databases of a rollout, in the order of their waves.
     *
     * @param state only those in this one; empty for all
     * @param limit how many at most; a page has no more than {@link ListPage#MOST}
     * @param after where the page before ended; empty for the first
     */
    public ListPage<TargetView> targets(String id, String state, int limit, String after) {
        int size = ListPage.size(limit);
        var from = TargetPlace.after(after, id);
        var rows =
                BlockingCalls.inSession(
                        () -> find(id).chain(rollout -> rows(rollout.id, state, from, size + 1)));
        var page = ListPage.of(rows, size, row -> TargetPlace.of(row).cursor(id));
        return new ListPage<>(page.rows().stream().map(RolloutViews::target).toList(), page.next());
    }

    private static Uni<List<TargetRow>> rows(
            String rollout, String state, TargetPlace from, int most) {
        return TargetRow.<TargetRow>find(
                        """
                        rollout = ?1 and (?2 = '' or state = ?2) and wave >= ?3
                        and (wave > ?3 or place > ?4)
                        """,
                        Sort.by("wave").and("place"),
                        rollout,
                        state,
                        from.wave(),
                        from.place())
                .range(0, most - 1)
                .list();
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
