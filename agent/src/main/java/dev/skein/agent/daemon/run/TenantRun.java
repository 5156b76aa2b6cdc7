// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.run;

import dev.skein.agent.daemon.discover.DatabaseInventory;
import dev.skein.agent.daemon.discover.DatabaseLook;
import dev.skein.agent.daemon.discover.ServerDatabase;
import dev.skein.engine.event.DatabaseReport.Kind;
import dev.skein.engine.event.Directive;
import dev.skein.engine.execute.order.Brake;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Carries out one directive: find the database, wait for room, migrate or restore, report. */
@ApplicationScoped
public class TenantRun {
    private static final Logger LOG = Logger.getLogger(TenantRun.class);

    private final DatabaseInventory inventory;
    private final DatabaseSearch search;
    private final ServerBudgets budgets;
    private final DirectiveMigration migration;
    private final DirectiveRestore restore;
    private final EndingReports reports;
    private final DirectiveAttempts attempts;
    private final DirectiveAges ages;

    public TenantRun(
            DatabaseInventory inventory,
            DatabaseSearch search,
            ServerBudgets budgets,
            DirectiveMigration migration,
            DirectiveRestore restore,
            EndingReports reports,
            DirectiveAttempts attempts,
            DirectiveAges ages) {
        this.inventory = inventory;
        this.search = search;
        this.budgets = budgets;
        this.migration = migration;
        this.restore = restore;
        this.reports = reports;
        this.attempts = attempts;
        this.ages = ages;
    }

    /**
     * Runs to the end on the calling thread.
     *
     * @return whether the directive is settled: done, failed or refused, and said so
     */
    public boolean carryOut(Directive directive, WorkBrake brake) throws InterruptedException {
        attempts.begin(directive);
        try (var _ = LogKeys.of(directive)) {
            var found = search.find(directive, brake);
            if (found.isPresent()) {
                return carryOut(directive, found.get(), brake);
            }
            if (brake.isPulled()) {
                return false; // whoever asked for it gets an answer of its own
            }
            reports.reportAbsent(directive);
            return true;
        } finally {
            attempts.end(directive);
        }
    }

    private boolean carryOut(Directive directive, DatabaseLook found, WorkBrake brake)
            throws InterruptedException {
        var place = found.place();
        LogKeys.database(place.name());
        if (found.isTwin()) {
            var problem = String.valueOf(found.problem());
            reports.report(place, DirectiveEnding.said(directive, Kind.REFUSED, problem));
            return true;
        }
        var ending = runWithRoom(directive, place, brake);
        LOG.infof("run: %s", ending.inWords());
        var now = directive.restore() == null ? place : inventory.again(place);
        reports.report(now, ending);
        return ending.isSettled();
    }

    private DirectiveEnding runWithRoom(Directive directive, ServerDatabase place, WorkBrake brake)
            throws InterruptedException {
        attempts.waits(directive, "waits for a place of server " + place.server());
        return budgets.within(place, brake, () -> run(directive, place, brake))
                .orElse(DirectiveEnding.HELD);
    }

    /** What ended before is told again; what is too late is stopped before its first step. */
    private DirectiveEnding run(Directive directive, ServerDatabase place, WorkBrake brake)
            throws InterruptedException {
        if (!ages.isLate(directive)) {
            return runWith(directive, place, brake);
        }
        var ending = runWith(directive, place, () -> true);
        return ending.isSettled() || brake.isPulled() ? ending : DirectiveAges.late(directive);
    }

    private DirectiveEnding runWith(Directive directive, ServerDatabase place, Brake brake)
            throws InterruptedException {
        return directive.restore() == null
                ? migration.migrate(directive, place, brake)
                : restore.restore(directive, place, brake);
    }
}
