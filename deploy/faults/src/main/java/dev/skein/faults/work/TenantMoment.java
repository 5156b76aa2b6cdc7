// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults.work;

import dev.skein.engine.sample.RowDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a database is at a moment, by its own catalog, journal and rows. */
record TenantMoment(String fingerprint, List<String> heads, RowDigest rows) {
    private static final String I5 = "I5";

    /** What the databases of a lane are now. */
    static Map<TenantName, TenantMoment> of(TenantDatabases databases, String lane) {
        var moments = new HashMap<TenantName, TenantMoment>();
        for (var tenant : TenantDatabases.lane(lane)) {
            moments.put(
                    tenant,
                    new TenantMoment(
                            databases.fingerprint(tenant),
                            databases.heads(tenant),
                            databases.rows(tenant)));
        }
        return moments;
    }

    /** Notes where what was taken back does not have this shape again. */
    void compareShape(
            TenantDatabases databases, TenantName tenant, String undo, Violations violations) {
        var now = databases.heads(tenant);
        var print = databases.fingerprint(tenant);
        if (!now.equals(heads) || !print.equals(fingerprint)) {
            violations.add(
                    I5,
                    "%s after %s: heads %s, fingerprint %s; before %s, %s"
                            .formatted(tenant, undo, now, print, heads, fingerprint));
        }
    }

    /** Notes where what was restored does not have these rows again. */
    void compareRows(
            TenantDatabases databases, TenantName tenant, String undo, Violations violations) {
        var now = databases.rows(tenant);
        if (!rows.changed(now).isEmpty() || !now.changed(rows).isEmpty()) {
            violations.add(
                    I5, "%s after %s: rows of %s".formatted(tenant, undo, rows.changed(now)));
        }
    }
}
