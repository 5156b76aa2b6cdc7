// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.site;

import dev.skein.engine.event.DatabaseReport;
import dev.skein.engine.event.DatabaseReport.Answer;
import dev.skein.engine.event.Topics;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an agent tells of its databases, and what it remembers of having told. */
final class SimulatedReports {
    private static final long AGAIN = 120_000;

    private final SimulatedWorld world;
    private final ServiceProcess process;
    private final String site;
    private final Map<String, Reported> reported = new HashMap<>();

    private record Reported(long seq, long accepted, long at) {}

    SimulatedReports(SimulatedWorld world, ServiceProcess process, String site) {
        this.world = world;
        this.process = process;
        this.site = site;
    }

    void forget() {
        reported.clear();
    }

    /** Whether the control plane was told something else, or this long ago. */
    boolean isNews(SimulatedTenant tenant) {
        var told = reported.get(tenant.uid());
        return told == null
                || told.seq() != tenant.seq()
                || told.accepted() != tenant.accepted()
                || world.timeline().now() - told.at() > AGAIN;
    }

    /** Tells what a database is like, with the answer to a directive where there is one. */
    void report(SimulatedTenant tenant, @Nullable Answer answer) {
        tell(
                new DatabaseReport(
                        tenant.uid(),
                        site,
                        "server",
                        tenant.name(),
                        process.name(),
                        tenant.heads(),
                        "1",
                        tenant.seq(),
                        "",
                        tenant.accepted(),
                        null,
                        null,
                        0,
                        17,
                        Map.of(),
                        null,
                        answer,
                        process.clock()));
    }

    /** Answers a directive to a database that is not there. */
    void reportAbsent(String uid, @Nullable Answer answer) {
        if (answer != null) {
            var at = world.timeline().instant();
            tell(DatabaseReport.absent(uid, site, process.name(), answer, at));
        }
    }

    private void tell(DatabaseReport report) {
        long now = world.timeline().now();
        reported.put(report.uid(), new Reported(report.seq(), report.accepted(), now));
        if (!world.sends(Topics.INVENTORY, report.uid(), report)) {
            reported.remove(report.uid());
        }
    }
}
