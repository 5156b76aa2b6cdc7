// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.store;

import dev.skein.api.store.SiteSilence;
import dev.skein.service.database.Db.Tx;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which sites are silent, in memory. */
public class MemorySilence extends SiteSilence {
    private final MemoryTables tables;

    /**
     * @param bound how long a site is not heard of until it is silent
     */
    public MemorySilence(MemoryTables tables, Duration bound) {
        super(bound);
        this.tables = tables;
    }

    @Override
    protected List<String> unheard(Tx tx, Duration span) {
        var latest = new HashMap<String, Long>();
        tables.agents.all().forEach(beat -> latest.merge(beat.site(), beat.seen(), Math::max));
        return latest.entrySet().stream()
                .filter(e -> e.getValue() < tables.now() - span.toMillis())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }
}
