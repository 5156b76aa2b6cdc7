// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.store;

import dev.skein.service.database.Db.Tx;
import java.time.Duration;

/** What was written before now, in memory. */
final class MemoryPast implements Stores.Past {
    private final MemoryTables tables;

    MemoryPast(MemoryTables tables) {
        this.tables = tables;
    }

    @Override
    public void beat(Tx tx, String agent, String site, Duration ago) {
        tables.agents.put(agent, new MemoryRows.Beat(site, tables.now() - ago.toMillis(), 0));
    }

    @Override
    public void late(Tx tx, String uid) {
        var d = tables.directives.get(uid);
        if (d != null) {
            long ends = tables.now() - Duration.ofMinutes(1).toMillis();
            tables.directives.put(
                    uid,
                    new MemoryRows.Issued(
                            uid,
                            d.site(),
                            d.rollout(),
                            d.generation(),
                            d.content(),
                            d.attempt(),
                            d.due(),
                            d.published(),
                            ends));
        }
    }

    @Override
    public void left(Tx tx, String uid) {
        long then = tables.now() - Duration.ofMinutes(11).toMillis();
        for (var t : tables.targets.all(t -> t.uid().equals(uid))) {
            tables.targets.put(
                    t.key(),
                    new MemoryRows.Target(
                            t.rollout(),
                            t.wave(),
                            t.place(),
                            t.member(),
                            t.state(),
                            t.generation(),
                            t.signature(),
                            t.skipped(),
                            then));
        }
    }
}
