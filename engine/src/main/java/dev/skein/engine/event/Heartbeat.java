// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.event;

import java.time.Instant;
import java.util.Objects;

/**
 * A sign of life.
 *
 * @param databases how many this agent owns at the moment
 * @param running how many it is working on
 */
public record Heartbeat(
        String agent, String site, Instant started, int databases, int running, Instant at) {
    public Heartbeat {
        Objects.requireNonNull(agent, "agent");
        Objects.requireNonNull(site, "site");
        Objects.requireNonNull(started, "started");
        Objects.requireNonNull(at, "at");
    }
}
