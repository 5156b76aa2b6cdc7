// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.event;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A sign of life.
 *
 * @param databases how many this agent owns at the moment
 * @param running how many it is working on
 * @param dumps the newest server, by major version, of which it can take backups; 0 for none,
 *     absent from agents that do not know backups
 * @param saves the servers, by major version, of which it can take backups; absent from agents that
 *     tell only the newest
 */
public record Heartbeat(
        String agent,
        String site,
        Instant started,
        int databases,
        int running,
        @Nullable Integer dumps,
        Instant at,
        @Nullable List<Integer> saves) {
    public Heartbeat {
        Objects.requireNonNull(agent, "agent");
        Objects.requireNonNull(site, "site");
        Objects.requireNonNull(started, "started");
        Objects.requireNonNull(at, "at");
        saves = saves == null ? null : List.copyOf(saves);
    }
}
