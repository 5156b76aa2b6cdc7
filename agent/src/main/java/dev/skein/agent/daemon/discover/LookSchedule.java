// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.discover;

import dev.skein.agent.daemon.kafka.OwnedPartitions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Which databases are looked into now. Each is by the agent whose partition its uid lies in: at
 * once when that becomes so, then every so often. Where the uid is not known yet, the one that a
 * database gets at first contact counts, which every agent makes of the server's list alone: so of
 * all agents exactly one looks into what is new.
 *
 * <p>A journal may hold another uid: of a database that was moved or restored, or of a twin. So the
 * other agents probe what is not theirs for its uid: once, again where somebody has to decide about
 * it, and rarely else. Whoever finds that it is theirs looks into it.
 */
final class LookSchedule {
    /** Times what is configured: how rarely what is somebody else's is probed again. */
    private static final int RARELY = 10;

    private final OwnedPartitions owned;
    private final long every;
    private final LongSupplier nanos;
    private final Map<String, Seen> last = new ConcurrentHashMap<>();

    /** What is to be done about a database. */
    enum Due {
        NOTHING,
        LOOK,
        PROBE
    }

    /**
     * When a database was seen.
     *
     * @param at by a clock that nobody sets, ns
     * @param since since when it was ours then; 0 where it was only probed
     */
    private record Seen(long at, long since) {}

    LookSchedule(OwnedPartitions owned, Duration every, LongSupplier nanos) {
        this.owned = owned;
        this.every = every.toNanos();
        this.nanos = nanos;
    }

    /**
     * What is due.
     *
     * @param uid as it is known, else the one of first contact
     * @param troubled whether somebody has to decide about it, which may change its uid
     * @param again whether what was seen before may be looked into now
     */
    Due due(ServerDatabase place, String uid, boolean troubled, boolean again) {
        var seen = last.get(place.key());
        long since = owned.since(uid);
        if (since != 0) {
            return isOurs(seen, since, again) ? Due.LOOK : Due.NOTHING;
        }
        return owned.isAny() && isOthers(seen, troubled, again) ? Due.PROBE : Due.NOTHING;
    }

    private boolean isOurs(@Nullable Seen seen, long since, boolean again) {
        return seen == null || seen.since() != since || (again && isOlder(seen, every));
    }

    private boolean isOthers(@Nullable Seen seen, boolean troubled, boolean again) {
        return seen == null
                || (troubled && isOlder(seen, every))
                || (again && isOlder(seen, every * RARELY));
    }

    private boolean isOlder(Seen seen, long than) {
        return nanos.getAsLong() - seen.at() > than;
    }

    /** Whether a database was never seen. */
    boolean isNew(ServerDatabase place) {
        return !last.containsKey(place.key());
    }

    /** A database was looked into; what is not ours counts as probed. */
    void looked(ServerDatabase place, String uid) {
        last.put(place.key(), new Seen(nanos.getAsLong(), owned.since(uid)));
    }

    /** A database was probed. */
    void probed(ServerDatabase place) {
        last.put(place.key(), new Seen(nanos.getAsLong(), 0));
    }

    /** A database is due in the next round, or gone. */
    void forget(ServerDatabase place) {
        last.remove(place.key());
    }
}
