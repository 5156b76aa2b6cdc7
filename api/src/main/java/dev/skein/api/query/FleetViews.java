// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.skein.api.config.ApiConfig;
import dev.skein.api.fleet.DatabaseSelector;
import dev.skein.api.fleet.FleetDatabase;
import dev.skein.engine.Json;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What exists, from events alone: no tenant is asked. */
@ApplicationScoped
public class FleetViews {
    private static final int MOST = 10_000;

    private final RolloutViews views;
    private final ApiConfig config;

    public FleetViews(RolloutViews views, ApiConfig config) {
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

        static DatabaseView of(DatabaseRow row) {
            return new DatabaseView(
                    row.uid,
                    row.site,
                    row.server,
                    row.name,
                    List.of(row.heads),
                    row.seq,
                    row.fingerprint,
                    row.sizeBytes,
                    row.serverMajor,
                    labels(row),
                    row.problem,
                    row.reportedAt,
                    row.notSeenSince);
        }

        private static Map<String, String> labels(DatabaseRow row) {
            try {
                return Json.mapper().readValue(row.labels, new TypeReference<>() {});
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * An agent as shown.
     *
     * @param started since when its process runs, by its own clock
     */
    public record AgentView(
            String id,
            String site,
            int databases,
            int running,
            Instant started,
            Instant seen,
            boolean alive) {}

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
     * The databases of the fleet.
     *
     * @param gone only those that are not there any more
     */
    public List<DatabaseView> databases(String select, int limit, boolean gone) {
        var selector = DatabaseSelector.parse(select);
        int most = Math.clamp(limit, 1, MOST);
        var rows =
                BlockingCalls.inSession(
                        () -> DatabaseRow.<DatabaseRow>listAll(Sort.by("name").and("site")));
        return selected(
                rows.stream().map(DatabaseView::of).toList(),
                selector,
                view -> !gone || view.notSeenSince() != null,
                most);
    }

    private static List<DatabaseView> selected(
            List<DatabaseView> all,
            DatabaseSelector selector,
            Predicate<DatabaseView> wanted,
            int most) {
        selector.refuseUnknown(all.stream().map(FleetViews::domain).toList());
        return all.stream()
                .filter(wanted)
                .filter(view -> selector.selects(domain(view)))
                .limit(most)
                .toList();
    }

    private static FleetDatabase domain(DatabaseView v) {
        return new FleetDatabase(
                v.uid,
                v.site,
                v.server,
                v.name,
                v.heads,
                0,
                v.fingerprint,
                v.serverMajor,
                v.labels,
                v.problem,
                false);
    }

    /** All of it at a glance. */
    public Status status() {
        return BlockingCalls.inSession(() ->
                DatabaseRow.<DatabaseRow>listAll()
                        .chain(databases ->
                                AgentRow.<AgentRow>listAll(Sort.by("id"))
                                        .chain(agents -> status(databases, agents))));
    }

    private Uni<Status> status(List<DatabaseRow> databases, List<AgentRow> agents) {
        return RolloutRow.<RolloutRow>listAll()
                .chain(rollouts ->
                        views.stalled()
                                .chain(stalled ->
                                        ContinuityRow.<ContinuityRow>findAll()
                                                .singleResult()
                                                .map(row ->
                                                        FleetSummary.of(
                                                                databases,
                                                                agents,
                                                                rollouts,
                                                                stalled,
                                                                row,
                                                                config.sites()))));
    }
}
