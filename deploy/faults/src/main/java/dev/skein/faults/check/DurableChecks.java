// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults.check;

import dev.skein.engine.SkeinException;
import dev.skein.faults.work.Ledger;
import dev.skein.faults.work.TenantDatabases;
import dev.skein.faults.work.Violations;
import dev.skein.faults.world.StackUnderFaults;
import java.util.ArrayList;
import java.util.List;

/** All that must hold, read from durable state alone and past everything that can be broken. */
public final class DurableChecks {
    private final TenantCheck tenants;
    private final AuditCheck audit;
    private final DecisionCheck decisions;
    private final OpenEnds openEnds;
    private final LeftoverCheck quiet;
    private final SecretCheck secrets;
    private final TenantDatabases databases;
    private final Violations violations;

    public DurableChecks(
            StackUnderFaults world,
            TenantDatabases databases,
            Ledger ledger,
            Violations violations) {
        this.databases = databases;
        this.violations = violations;
        this.tenants = new TenantCheck(databases, violations);
        this.audit = new AuditCheck(world, violations);
        this.decisions = new DecisionCheck(world, ledger, violations);
        this.openEnds = new OpenEnds(world);
        this.quiet = new LeftoverCheck(world, ledger);
        this.secrets = new SecretCheck(world, violations);
    }

    /** What has not come to rest yet; empty once all has. */
    public List<String> unsettled() {
        try {
            var left = new ArrayList<>(openEnds.find());
            left.addAll(quiet.left());
            left.addAll(audit.missing(readJournals()));
            return left;
        } catch (SkeinException e) {
            return List.of(e.getMessage());
        }
    }

    private List<TenantJournal> readJournals() {
        var told = new ArrayList<TenantJournal>();
        for (var tenant : TenantDatabases.all()) {
            try (var session = databases.open(tenant)) {
                TenantJournal.read(tenant, session).ifPresent(told::add);
            }
        }
        return told;
    }

    /** Checks everything that holds or does not; nothing goes on meanwhile. */
    public void check() {
        var told = tenants.checkAll();
        audit.check();
        decisions.check(told);
        quiet.falseAlarms().forEach(one -> violations.add("I12", "a false alarm at " + one));
        secrets.check();
    }
}
