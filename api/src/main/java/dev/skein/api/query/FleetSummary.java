// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.query;

import dev.skein.api.fleet.SiteAgreement;
import dev.skein.api.query.FleetViews.AgentView;
import dev.skein.api.query.FleetViews.ProblemView;
import dev.skein.api.query.FleetViews.Status;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Counts and groups what is known of the fleet. */
final class FleetSummary {
    private static final int PROBLEMS = 100;
    private static final int EXAMPLES = 3;

    private FleetSummary() {}

    static Status of(
            List<DatabaseRow> databases,
            List<AgentRow> agents,
            List<RolloutRow> rollouts,
            List<RolloutViews.Stalled> stalled,
            ContinuityRow continuity,
            List<String> sites) {
        var well = databases.stream().filter(d -> d.problem == null);
        var ill = databases.stream().filter(d -> d.problem != null).toList();
        return new Status(
                databases.size(),
                count(well.map(d -> String.join(",", d.heads)).toList()),
                count(ill.stream().map(d -> String.valueOf(d.problem)).toList()),
                problems(ill),
                agents.stream().map(FleetSummary::view).toList(),
                SiteAgreement.lacking(sites, agents.stream().map(FleetSummary::agent).toList()),
                count(rollouts.stream().map(r -> r.status).toList()),
                stalled,
                continuity.stoppedAt);
    }

    private static SiteAgreement.Agent agent(AgentRow a) {
        var servers = a.servers == null ? null : List.of(a.servers);
        return new SiteAgreement.Agent(a.id, a.site, a.alive, servers, a.doubled);
    }

    private static List<ProblemView> problems(List<DatabaseRow> ill) {
        return ill.stream()
                .collect(
                        Collectors.groupingBy(
                                d -> List.of(String.valueOf(d.problem), d.site, d.server),
                                LinkedHashMap::new,
                                Collectors.toList()))
                .entrySet()
                .stream()
                .map(e -> problem(e.getKey().getFirst(), e.getValue()))
                .sorted(Comparator.comparingInt(ProblemView::databases).reversed())
                .limit(PROBLEMS)
                .toList();
    }

    private static AgentView view(AgentRow a) {
        var started = a.startedAt.truncatedTo(ChronoUnit.SECONDS);
        return new AgentView(a.id, a.site, a.databases, a.running, started, a.seenAt, a.alive);
    }

    private static Map<String, Long> count(List<String> values) {
        return values.stream()
                .collect(Collectors.groupingBy(v -> v, TreeMap::new, Collectors.counting()));
    }

    private static ProblemView problem(String problem, List<DatabaseRow> alike) {
        var one = alike.getFirst();
        var examples = alike.stream().limit(EXAMPLES).map(d -> d.site + "/" + d.name).toList();
        return new ProblemView(
                problem, one.site, one.server, alike.size(), examples, notSeenSince(alike));
    }

    private static @Nullable Instant notSeenSince(List<DatabaseRow> alike) {
        var last = Instant.EPOCH;
        for (var row : alike) {
            if (row.notSeenSince == null) {
                return null;
            }
            last = row.notSeenSince.isAfter(last) ? row.notSeenSince : last;
        }
        return last;
    }
}
