// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rest;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.skein.api.fleet.Database;
import dev.skein.api.fleet.Selector;
import dev.skein.api.registry.AgentRow;
import dev.skein.api.registry.DatabaseRow;
import dev.skein.api.registry.RolloutRow;
import dev.skein.api.security.Roles;
import dev.skein.engine.Json;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What exists, from events alone: no tenant is asked. */
@Path("/api")
public class FleetResource {
    private static final Duration SILENT = Duration.ofSeconds(15);
    private static final int MOST = 10_000;

    private final Clock clock;

    public FleetResource(Clock clock) {
        this.clock = clock;
    }

    /** A database as shown. */
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
            Instant reported) {
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
                    row.reportedAt);
        }

        private static Map<String, String> labels(DatabaseRow row) {
            try {
                return Json.mapper().readValue(row.labels, new TypeReference<>() {});
            } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** An agent as shown. */
    public record AgentView(
            String id, String site, int databases, int running, Instant seen, boolean alive) {}

    /** The fleet at a glance: how many manageable databases at which heads, agents, rollouts. */
    public record Status(
            long databases,
            Map<String, Long> byHeads,
            Map<String, Long> byProblem,
            List<AgentView> agents,
            Map<String, Long> rollouts) {}

    @GET
    @Path("/databases")
    @RolesAllowed(Roles.VIEWER)
    public Uni<List<DatabaseView>> databases(
            @QueryParam("select") @DefaultValue("") String select,
            @QueryParam("limit") @DefaultValue("1000") int limit) {
        var selector = Selector.parse(select);
        int most = Math.clamp(limit, 1, MOST);
        return Panache.withSession(
                        () -> DatabaseRow.<DatabaseRow>listAll(Sort.by("name").and("site")))
                .map(rows ->
                        rows.stream()
                                .map(DatabaseView::of)
                                .filter(view -> selector.selects(domain(view)))
                                .limit(most)
                                .toList());
    }

    private static Database domain(DatabaseView v) {
        return new Database(
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

    @GET
    @Path("/status")
    @RolesAllowed(Roles.VIEWER)
    public Uni<Status> status() {
        return Panache.withSession(() ->
                DatabaseRow.<DatabaseRow>listAll()
                        .chain(databases ->
                                AgentRow.<AgentRow>listAll(Sort.by("id"))
                                        .chain(agents -> status(databases, agents))));
    }

    private Uni<Status> status(List<DatabaseRow> databases, List<AgentRow> agents) {
        return RolloutRow.<RolloutRow>listAll()
                .map(rollouts ->
                        new Status(
                                databases.size(),
                                count(
                                        databases.stream()
                                                .filter(d -> d.problem == null)
                                                .map(d -> String.join(",", d.heads))
                                                .toList()),
                                count(
                                        databases.stream()
                                                .map(d -> d.problem)
                                                .filter(Objects::nonNull)
                                                .toList()),
                                agents.stream().map(this::view).toList(),
                                count(rollouts.stream().map(r -> r.status).toList())));
    }

    private AgentView view(AgentRow a) {
        var alive = a.seenAt.isAfter(clock.instant().minus(SILENT));
        return new AgentView(a.id, a.site, a.databases, a.running, a.seenAt, alive);
    }

    private static Map<String, Long> count(List<String> values) {
        return values.stream()
                .collect(Collectors.groupingBy(v -> v, TreeMap::new, Collectors.counting()));
    }
}
