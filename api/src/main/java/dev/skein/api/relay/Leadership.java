// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.relay;

import dev.skein.api.config.LoopConnections;
import dev.skein.api.store.LeaderStore;
import dev.skein.service.database.Db;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * One relay among several replicas: the one that holds the lease, a row with an expiry by the
 * database's clock. Who does not renew it, because it is frozen or gone, loses it to another.
 */
@ApplicationScoped
public class Leadership {
    /** No term: another process leads. */
    public static final long NONE = LeaderStore.NONE;

    private static final String NAME = "relay";
    private static final Duration LEASE = Duration.ofSeconds(5);
    private static final Duration RENEW = Duration.ofSeconds(1);
    private static final Duration ANSWER_BOUND = Duration.ofSeconds(5);

    private final Db db;
    private final LeaderStore leaders;
    private final LongSupplier nanos;

    /** Its process, for people who look into the table, and what no other process has. */
    private final String holder = process() + "/" + UUID.randomUUID();

    private final Duration lease;
    private volatile long term = NONE;
    private volatile long asked;

    @Inject
    public Leadership(@LoopConnections Db db, LeaderStore leaders) {
        this(db, leaders, LEASE, System::nanoTime);
    }

    /**
     * @param lease how long it lasts without being renewed
     * @param nanos this process's own time, which nobody sets
     */
    public Leadership(Db db, LeaderStore leaders, Duration lease, LongSupplier nanos) {
        this.db = db;
        this.leaders = leaders;
        this.lease = lease;
        this.nanos = nanos;
    }

    /** Takes the lease or renews ours; gives its term, which is another one after it was lost. */
    public long renew() {
        if (term != NONE && since(asked).compareTo(RENEW) < 0 && isHeld(term)) {
            return term;
        }
        long now = nanos.getAsLong(); // ours ends before the row does
        term = db.callSingle(ANSWER_BOUND, tx -> leaders.take(tx, NAME, holder, lease));
        asked = now;
        return term;
    }

    private static String process() {
        var host = System.getenv("HOSTNAME");
        return ProcessHandle.current().pid() + "/" + (host == null ? "" : host);
    }

    /** Which other process leads, as {@code PID@HOST}; nothing where this one does, or nobody. */
    public Optional<String> other(Db.Tx tx) {
        return leaders.holder(tx, NAME).filter(one -> !one.equals(holder)).map(Leadership::inWords);
    }

    private static String inWords(String holder) {
        var parts = List.of(holder.split("/", 3));
        var isNamed = parts.size() == 3 && !parts.get(1).isEmpty();
        return parts.getFirst() + (isNamed ? "@" + parts.get(1) : "");
    }

    /** Whether the lease of a term still lasts, as far as this process can tell alone. */
    public boolean isHeld(long ofTerm) {
        return ofTerm == term && ofTerm != NONE && since(asked).compareTo(lease) < 0;
    }

    /** Whether the lease of a term still lasts, as the database says. */
    public boolean isHeld(Db.Tx tx, long ofTerm) {
        return leaders.isHeld(tx, NAME, holder, ofTerm);
    }

    /** Gives it up, so that another one need not wait for its end. */
    public void resign() {
        if (term != NONE) {
            term = NONE;
            db.runSingle(ANSWER_BOUND, tx -> leaders.resign(tx, NAME, holder));
        }
    }

    private Duration since(long earlier) {
        return Duration.ofNanos(nanos.getAsLong() - earlier);
    }
}
