// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.store;

import dev.skein.api.store.LeaderStore;
import dev.skein.service.database.Db.Tx;
import java.time.Duration;

/** Leases in memory. */
public class MemoryLeaders extends LeaderStore {
    private final MemoryTables tables;

    public MemoryLeaders(MemoryTables tables) {
        this.tables = tables;
    }

    @Override
    public long take(Tx tx, String name, String holder, Duration lease) {
        var known = tables.leases.get(name);
        var own = known != null && known.holder().equals(holder);
        if (known != null && !own && known.until() >= tables.now()) {
            return NONE;
        }
        long term = known == null ? 1 : known.term() + (own ? 0 : 1);
        tables.leases.put(
                name, new MemoryRows.Lease(holder, term, tables.now() + lease.toMillis()));
        return term;
    }

    @Override
    public boolean isHeld(Tx tx, String name, String holder, long term) {
        var known = tables.leases.get(name);
        return known != null
                && known.holder().equals(holder)
                && known.term() == term
                && known.until() > tables.now();
    }

    @Override
    public void resign(Tx tx, String name, String holder) {
        var known = tables.leases.get(name);
        if (known != null && known.holder().equals(holder)) {
            tables.leases.put(name, new MemoryRows.Lease(holder, known.term(), tables.now()));
        }
    }
}
