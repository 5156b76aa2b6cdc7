// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.store;

import dev.skein.api.config.ApiConfig;
import dev.skein.engine.postgres.Db;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Which sites are silent, by the database's clock, while this process listens. */
@ApplicationScoped
public class Silence {
    private final Duration bound;
    private volatile Supplier<Duration> listening = () -> Duration.ZERO;

    public Silence(ApiConfig config) {
        this.bound = config.silence();
    }

    /**
     * Says who listens.
     *
     * @param span for how long nothing was missed
     */
    public void heardBy(Supplier<Duration> span) {
        listening = span;
    }

    /**
     * Sites whose agents were heard of once, and not for long; nothing where that cannot be told,
     * since this process has not listened for as long.
     */
    public Optional<List<String>> sites(Db.Tx tx) {
        if (listening.get().compareTo(bound) < 0) {
            return Optional.empty();
        }
        return Optional.of(
                tx.list(
                        "SELECT site FROM fleet_agent GROUP BY site HAVING max(seen_at) < now() -"
                                + " make_interval(secs => $1)",
                        row -> row.getString(0),
                        bound.toMillis() / 1000.0));
    }
}
