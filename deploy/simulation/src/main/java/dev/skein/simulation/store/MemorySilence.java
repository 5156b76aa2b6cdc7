// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.store;

import dev.skein.api.config.ApiConfig;
import dev.skein.api.store.Silence;
import dev.skein.engine.postgres.Db.Tx;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Which sites are silent, in memory. */
public class MemorySilence extends Silence {
    private final Tables tables;
    private final Duration bound;
    private final Supplier<Duration> listening;

    /**
     * @param listening for how long this process has missed nothing
     */
    public MemorySilence(Tables tables, ApiConfig config, Supplier<Duration> listening) {
        super(config);
        this.tables = tables;
        this.bound = config.silence();
        this.listening = listening;
    }

    @Override
    public Optional<List<String>> sites(Tx tx) {
        if (listening.get().compareTo(bound) < 0) {
            return Optional.empty();
        }
        var latest = new HashMap<String, Long>();
        tables.agents.all().forEach(beat -> latest.merge(beat.site(), beat.seen(), Math::max));
        return Optional.of(
                latest.entrySet().stream()
                        .filter(e -> e.getValue() < tables.now() - bound.toMillis())
                        .map(Map.Entry::getKey)
                        .sorted()
                        .toList());
    }
}
