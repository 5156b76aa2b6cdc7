// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.store;

import dev.skein.engine.SkeinException;
import dev.skein.engine.bundle.Bundle;
import dev.skein.service.database.Db;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashSet;
import java.util.Objects;

/** The bundles that were pushed, whole. */
@ApplicationScoped
public class BundleStore {
    private static final String PREFIX = "sha256:";

    private final EventStore events;

    public BundleStore(EventStore events) {
        this.events = events;
    }

    /**
     * Keeps a bundle; one that is there already stays as it is and is published once more, for a
     * site at which it did not arrive.
     *
     * @return whether it is new
     */
    public boolean put(Db.Tx tx, Bundle bundle, String by) {
        if (!insert(tx, bundle, by)) {
            return false;
        }
        record Pushed(String digest, int revisions, Iterable<String> heads) {}
        var heads = new LinkedHashSet<>(bundle.scripts().graph().heads());
        var pushed = new Pushed(bundle.digest(), bundle.scripts().all().size(), heads);
        events.appendAlone(tx, "bundle/" + bundle.digest(), "bundle.Pushed", pushed, by);
        return true;
    }

    /** Whether it is new; one that is there is sent once more. */
    private static boolean insert(Db.Tx tx, Bundle bundle, String by) {
        return tx.list(
                        """
                        INSERT INTO bundle(digest, revisions, heads, content, pushed_by, pushed_at)
                        VALUES ($1, $2, $3, $4, $5, now())
                        ON CONFLICT (digest) DO UPDATE SET published = false
                        RETURNING xmax = 0
                        """,
                        row -> row.getBoolean(0),
                        bundle.digest(),
                        bundle.scripts().all().size(),
                        bundle.scripts().graph().heads().toArray(String[]::new),
                        Buffer.buffer(bundle.bytes()),
                        by)
                .getFirst();
    }

    /**
     * Finds a bundle by its digest or the beginning of it.
     *
     * @throws SkeinException if there is none, or more than one
     */
    public Bundle find(Db.Tx tx, String digest) {
        var full = digest.startsWith(PREFIX) ? digest : PREFIX + digest;
        if (!full.matches("sha256:[0-9a-f]{4,64}")) {
            throw SkeinException.usage(
                    "Bundle '" + digest + "'",
                    "it is no digest",
                    "Write sha256: and at least four of its hexadecimal digits");
        }
        var rows = tx.query("SELECT content FROM bundle WHERE digest LIKE $1 || '%' LIMIT 2", full);
        if (rows.size() != 1) {
            var found = rows.size() == 0 ? "there is none" : "there is more than one";
            throw SkeinException.usage(
                    "Bundle '" + digest + "'",
                    found,
                    "Push it: skein push, and use what it prints");
        }
        var content = Objects.requireNonNull(rows.iterator().next().getBuffer(0));
        return Bundle.read(content.getBytes(), null);
    }

    /** Marks a bundle as sent. */
    public static void markSent(Db.Tx tx, String digest) {
        tx.query("UPDATE bundle SET published = true WHERE digest = $1", digest);
    }

    /** Has all bundles sent again. */
    public static void sendAgain(Db.Tx tx) {
        tx.query("UPDATE bundle SET published = false WHERE published");
    }
}
