// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.command;

import dev.skein.api.store.EventStore;
import dev.skein.engine.Digests;
import dev.skein.engine.SkeinException;
import dev.skein.service.database.Db;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/**
 * Streams of which the audit log has other decisions than the database: it was an older copy, and
 * decided again. What the log has stays there; the stream goes on behind it.
 */
@ApplicationScoped
public class StreamResolution {
    /** By so many versions at most is an older copy behind: more is a slip of somebody's hand. */
    private static final long FARTHEST = 10_000;

    private final EventStore events;

    public StreamResolution(EventStore events) {
        this.events = events;
    }

    /**
     * How a stream goes on.
     *
     * @param hash of the event behind which it does; null where there is no such stream
     * @param through the version of its last event; 0 where there is no such stream
     */
    public record Standing(@Nullable String hash, long through) {}

    /**
     * Has a stream go on at a version: what is there from it on is sent again; where nothing is
     * there yet, the next event is the one with that version.
     *
     * @param at the version that the log expects next
     * @throws SkeinException if that is far from what is there
     */
    public Standing goOn(Db.Tx tx, String stream, long at) {
        if (!events.isThere(tx, stream)) {
            return new Standing(null, 0);
        }
        var head = events.lock(tx, stream);
        if (at - 1 - head.version() > FARTHEST) {
            throw SkeinException.usage(
                    "History " + stream,
                    "its last decision has the number %d, far from %d"
                            .formatted(head.version(), at),
                    "See where it stands: skein audit trouble");
        }
        if (head.version() < at - 1) {
            events.skip(tx, head, at - 1);
            return new Standing(Digests.hex(head.hash()), 0);
        }
        events.again(tx, stream, at);
        return new Standing(Digests.hex(events.before(tx, stream, at)), head.version());
    }
}
