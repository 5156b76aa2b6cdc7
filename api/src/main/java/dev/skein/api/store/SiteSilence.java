// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.store;

import dev.skein.api.config.ApiConfig;
import dev.skein.service.database.Db;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Which sites are silent, by the database's clock, while this process listens. */
@ApplicationScoped
public class SiteSilence {
    private final Duration bound;
    private volatile Supplier<Duration> listening = () -> Duration.ZERO;

    @Inject
    public SiteSilence(ApiConfig config) {
        this(config.silence());
    }

    /**
     * @param bound how long a site is not heard of until it is silent
     */
    public SiteSilence(Duration bound) {
        this.bound = bound;
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
        return Optional.of(unheard(tx, bound));
    }

    /** Sites whose agents were heard of once, and not for so long. */
    protected List<String> unheard(Db.Tx tx, Duration span) {
        return tx.list(
                """
                SELECT site FROM fleet_agent
                GROUP BY site
                HAVING max(seen_at) < now() - make_interval(secs => $1)
                ORDER BY site
                """,
                row -> row.getString(0),
                span.toMillis() / 1000.0);
    }
}
