// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.event;

import dev.skein.engine.NumberBounds;
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
 * @param attempts what it is at, those first that wait longest for something, at most {@link
 *     #MOST}; absent from agents that do not tell
 * @param servers the names of the servers whose databases it looks after; absent from agents that
 *     do not tell
 * @param refused records that it could not take; absent where there are none, and from agents that
 *     do not tell
 */
public record Heartbeat(
        String agent,
        String site,
        Instant started,
        int databases,
        int running,
        @Nullable Integer dumps,
        Instant at,
        @Nullable List<Integer> saves,
        @Nullable List<Attempt> attempts,
        @Nullable List<String> servers,
        @Nullable Refused refused) {
    /** So many attempts are told at once. */
    public static final int MOST = 50;

    /** One that tells neither what it is at nor of its servers. */
    public Heartbeat(
            String agent,
            String site,
            Instant started,
            int databases,
            int running,
            @Nullable Integer dumps,
            Instant at,
            @Nullable List<Integer> saves) {
        this(agent, site, started, databases, running, dumps, at, saves, null, null, null);
    }

    /**
     * Records that an agent could not take since it began.
     *
     * @param records how many
     * @param last which was the last one, and why, at most {@link Attempt#LONGEST} characters
     */
    public record Refused(long records, String last) {
        public Refused {
            NumberBounds.number(records, "number of records");
            Objects.requireNonNull(last, "last");
        }
    }

    /**
     * What an agent is doing about a directive, or waits for.
     *
     * @param generation the directive's
     * @param tries how often it was tried
     * @param seconds how long it has been at just this
     * @param troubled whether it goes on only when something changes that is not the agent's
     * @param doing in words, without values of rows
     */
    public record Attempt(
            String uid, long generation, int tries, long seconds, boolean troubled, String doing) {
        /** The longest text, in characters. */
        public static final int LONGEST = 300;

        public Attempt {
            WireNames.uid(uid);
            NumberBounds.number(generation, "generation");
            NumberBounds.seconds(seconds, "time");
            Objects.requireNonNull(doing, "doing");
        }
    }

    public Heartbeat {
        Objects.requireNonNull(agent, "agent");
        Objects.requireNonNull(site, "site");
        Objects.requireNonNull(started, "started");
        Objects.requireNonNull(at, "at");
        saves = saves == null ? null : List.copyOf(saves);
        attempts = attempts == null ? null : List.copyOf(attempts);
        servers = servers == null ? null : List.copyOf(servers);
    }
}
