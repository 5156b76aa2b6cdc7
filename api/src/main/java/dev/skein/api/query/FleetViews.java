// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.query;

import dev.skein.api.config.ApiConfig;
import dev.skein.api.fleet.DatabaseSelector;
import dev.skein.service.database.Db;
import dev.skein.service.page.ListPage;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What exists, from events alone: no tenant is asked. */
@ApplicationScoped
public class FleetViews {
    private final Db db;
    private final RolloutViews views;
    private final ApiConfig config;

    public FleetViews(Db db, RolloutViews views, ApiConfig config) {
        this.db = db.within(config.readTimeout());
        this.views = views;
        this.config = config;
    }

    /**
     * A database as shown.
     *
     * @param notSeenSince when it was last told to be there; absent of one that is
     */
    public record DatabaseView(
            String uid,
            String site,
            String server,
            String name,
            List<String> heads,
            long seq,
            @Nullable String fingerprint,
            long sizeBytes,
            int serverMajor,
            Map<String, String> labels,
            @Nullable String problem,
            Instant reported,
            @Nullable Instant notSeenSince) {
        /** The beginning of the fingerprint's hash, for people. */
        public String shortFingerprint() {
            var hash = fingerprint == null ? "" : fingerprint.replaceAll(".*-", "");
            return hash.substring(0, Math.min(hash.length(), 12));
        }
    }

    /**
     * An agent as shown.
     *
     * @param started since when its process runs, by its own clock
     * @param refused how many records it could not take since then
     * @param refusedLast which was the last one, and why
     */
    public record AgentView(
            String id,
            String site,
            int databases,
            int running,
            Instant started,
            Instant seen,
            boolean alive,
            long refused,
            @Nullable String refusedLast) {}

    /**
     * Databases of one server with one problem.
     *
     * @param examples some of them, as site/name
     * @param notSeenSince since when none of them is there; absent where some are
     */
    public record ProblemView(
            String problem,
            String site,
            String server,
            int databases,
            List<String> examples,
            @Nullable Instant notSeenSince) {}

    /**
     * The fleet at a glance: how many manageable databases at which heads, agents, rollouts.
     *
     * @param discord what is wrong with the sites' agents, in words
     * @param stalled rollouts in which nothing moves any more
     * @param stopped since when nothing is decided; absent while all is well
     */
    public record Status(
            long databases,
            Map<String, Long> byHeads,
            Map<String, Long> byProblem,
            List<ProblemView> problems,
            List<AgentView> agents,
            List<String> discord,
            Map<String, Long> rollouts,
            List<RolloutViews.Stalled> stalled,
            @Nullable Instant stopped) {}

    /**
     * A page of the fleet's databases, by name.
     *
     * @param limit how many at most; a page has no more than {@link ListPage#MOST}
     * @param gone only those that are not there any more
     * @param after where the page before ended; empty for the first
     */
    public ListPage<DatabaseView> databases(String select, int limit, boolean gone, String after) {
        var selector = DatabaseSelector.parse(select);
        return db.call(tx -> DatabaseList.page(tx, selector, limit, gone, after));
    }

    /** All of it at a glance. */
    public Status status() {
        var counts = db.call(FleetCounts::of);
        return BlockingCalls.inSession(() ->
                AgentRow.<AgentRow>listAll(Sort.by("id")).chain(agents -> status(counts, agents)));
    }

    private Uni<Status> status(FleetCounts counts, List<AgentRow> agents) {
        return views.stalled()
                .chain(stalled ->
                        ContinuityRow.<ContinuityRow>findAll()
                                .singleResult()
                                .map(row ->
                                        FleetSummary.of(
                                                counts, agents, stalled, row, config.sites())));
    }
}
