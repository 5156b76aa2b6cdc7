// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.query;

import dev.skein.api.fleet.SiteAgreement;
import dev.skein.api.query.FleetViews.AgentView;
import dev.skein.api.query.FleetViews.Status;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Puts together what is told of the fleet at a glance. */
final class FleetSummary {
    private FleetSummary() {}

    static Status of(
            FleetCounts counts,
            List<AgentRow> agents,
            List<RolloutViews.Stalled> stalled,
            ContinuityRow continuity,
            List<String> sites) {
        return new Status(
                counts.databases(),
                counts.byHeads(),
                counts.byProblem(),
                counts.problems(),
                agents.stream().map(FleetSummary::view).toList(),
                SiteAgreement.lacking(sites, agents.stream().map(FleetSummary::agent).toList()),
                counts.rollouts(),
                stalled,
                continuity.stoppedAt);
    }

    private static SiteAgreement.Agent agent(AgentRow a) {
        var servers = a.servers == null ? null : List.of(a.servers);
        return new SiteAgreement.Agent(a.id, a.site, a.alive, servers, a.doubled);
    }

    private static AgentView view(AgentRow a) {
        var started = a.startedAt.truncatedTo(ChronoUnit.SECONDS);
        return new AgentView(
                a.id,
                a.site,
                a.databases,
                a.running,
                started,
                a.seenAt,
                a.alive,
                a.refused,
                a.refusedLast);
    }
}
