// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults.check;

import dev.skein.engine.postgres.PgSession;
import dev.skein.faults.work.Ledger;
import dev.skein.faults.work.TenantDatabases;
import dev.skein.faults.world.StackUnderFaults;
import dev.skein.standalone.stack.LocalStack;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Nothing is left behind: no lock, no open transaction, no finding of what is in order, no decision
 * that is not followed (I10).
 */
final class LeftoverCheck {
    private static final String LOCKS =
            """
            SELECT d.datname::text, a.application_name, count(*)
            FROM pg_locks l JOIN pg_database d ON d.oid = l.database
            LEFT JOIN pg_stat_activity a ON a.pid = l.pid
            WHERE l.locktype = 'advisory' AND d.datname LIKE 'tenant%' GROUP BY 1, 2
            """;
    private static final String IDLE =
            """
            SELECT datname::text, application_name, state FROM pg_stat_activity
            WHERE state LIKE 'idle in transaction%' AND state_change < clock_timestamp() - interval '2 seconds'
            """;

    private final StackUnderFaults world;
    private final Ledger ledger;
    private long judged;

    LeftoverCheck(StackUnderFaults world, Ledger ledger) {
        this.world = world;
        this.ledger = ledger;
    }

    /** What is left, as long as it may still go away. */
    List<String> left() {
        var left = new ArrayList<String>();
        for (var site : LocalStack.SITES) {
            try (var server = world.open(site, "postgres")) {
                locks(site, server, left);
                idle(site, server, left);
            }
        }
        try (var control = world.open("control", "postgres")) {
            idle("control", control, left);
        }
        log(left);
        return left;
    }

    private static void locks(String site, PgSession server, List<String> left) {
        server.query(LOCKS)
                .forEach(row ->
                        left.add(
                                "%s/%s: %d advisory locks of '%s'"
                                        .formatted(
                                                site,
                                                row.getString(0),
                                                row.getLong(2),
                                                row.getString(1))));
    }

    private static void idle(String where, PgSession server, List<String> left) {
        server.query(IDLE)
                .forEach(row ->
                        left.add(
                                "%s/%s: '%s' is %s"
                                        .formatted(
                                                where,
                                                row.getString(0),
                                                row.getString(1),
                                                row.getString(2))));
    }

    private void log(List<String> left) {
        try (var audit = world.open("control", "skein_audit")) {
            decisions(audit, left);
            findings(audit, left);
        }
    }

    private static void decisions(PgSession audit, List<String> left) {
        audit.query("SELECT source, seq, reason FROM decision_due ORDER BY 1, 2 LIMIT 5")
                .forEach(row ->
                        left.add(
                                "nothing followed yet from decision %s/%d: %s"
                                        .formatted(
                                                row.getString(0),
                                                row.getLong(1),
                                                row.getString(2))));
    }

    private static void findings(PgSession audit, List<String> left) {
        audit.query(
                        """
                        SELECT f.name, d.observed, d.expected FROM finding d
                        JOIN fleet f USING (uid)
                        WHERE d.state = 'open'
                        """)
                .forEach(row ->
                        left.add(
                                "a finding of drift at %s: %s instead of %s"
                                        .formatted(
                                                row.getString(0),
                                                row.getString(1),
                                                row.getString(2))));
    }

    /**
     * Findings since the last call at databases that nobody changed by hand, each a false alarm.
     */
    List<String> falseAlarms() {
        var changed = new HashSet<String>();
        TenantDatabases.all().stream()
                .filter(ledger::isChangedByHand)
                .forEach(tenant -> changed.add(tenant.name()));
        var alarms = new ArrayList<String>();
        try (var audit = world.open("control", "skein_audit")) {
            audit.query(
                            """
                            SELECT f.name, d.observed, d.id FROM finding d JOIN fleet f USING (uid)
                            WHERE d.id > %d ORDER BY d.id
                            """
                                    .formatted(judged))
                    .forEach(row -> {
                        judged = row.getLong(2);
                        if (!changed.contains(row.getString(0))) {
                            alarms.add(row.getString(0) + ": " + row.getString(1));
                        }
                    });
        }
        return alarms;
    }
}
