// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.session;

import dev.skein.engine.execute.order.Limits;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgSession;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A session under the {@link Watcher}'s eyes, until it is closed. */
public final class WatchedSession implements AutoCloseable {
    private static final Duration YOUNG = Duration.ofMillis(500);

    /** For so long a cancellation may be the watcher's; later ones are somebody else's. */
    private static final Duration WORD_HOLDS = Duration.ofSeconds(10);

    /** What the watcher said when it cancelled, and when. */
    private record Word(String reason, long at) {}

    private final DatabaseAddress address;
    private final PgSession session;
    private final Limits limits;
    private final Consumer<WatchedSession> left;
    private final LongSupplier nanos;
    private final long since;
    private final AtomicReference<@Nullable Word> yielded = new AtomicReference<>();
    private volatile boolean patient;

    // What follows is the watcher's thread's own.
    private String transaction = "";
    private Duration waited = Duration.ZERO;
    private boolean seen;
    private long lastSeen;

    WatchedSession(
            DatabaseAddress address,
            PgSession session,
            Limits limits,
            Consumer<WatchedSession> left) {
        this(address, session, limits, left, System::nanoTime);
    }

    /**
     * The same for tests.
     *
     * @param nanos the time, as {@link System#nanoTime} tells it
     */
    WatchedSession(
            DatabaseAddress address,
            PgSession session,
            Limits limits,
            Consumer<WatchedSession> left,
            LongSupplier nanos) {
        this.nanos = nanos;
        this.since = nanos.getAsLong();
        this.address = address;
        this.session = session;
        this.limits = limits;
        this.left = left;
    }

    DatabaseAddress address() {
        return address;
    }

    String processId() {
        return String.valueOf(session.processId());
    }

    /** Notes that the watcher is about to cancel what it runs. */
    void cancelling(String reason) {
        waited = Duration.ZERO;
        yielded.set(new Word(reason, nanos.getAsLong()));
    }

    /**
     * Why the watcher cancelled our statement a moment ago; forgotten once told. It may have hit
     * the one that came next.
     */
    @Nullable String yielded() {
        var word = yielded.getAndSet(null);
        boolean holds = word != null && nanos.getAsLong() - word.at() < WORD_HOLDS.toNanos();
        return word != null && holds ? word.reason() : null;
    }

    /** Whether the statement may wait for locks as long as it takes; others still count. */
    public void patient(boolean may) {
        patient = may;
    }

    boolean isOld() {
        return age().compareTo(YOUNG) > 0;
    }

    /** How long it has been watched. */
    Duration age() {
        return Duration.ofNanos(nanos.getAsLong() - since);
    }

    /** Breaks the connection: nobody would ever answer. */
    void abort(String why) {
        session.abort(why);
    }

    /** How long the server has not had it, though it had it before. */
    Duration isMissing(boolean there) {
        long now = nanos.getAsLong();
        lastSeen = there ? now : lastSeen;
        seen |= there;
        return seen ? Duration.ofNanos(now - lastSeen) : Duration.ZERO;
    }

    @Nullable String reasonToYield(Row row, Duration round) {
        count(row, round);
        var blocker = row.getString("blocker");
        var behind = blocker == null ? "" : "; we wait for " + blocker;
        if (row.getLong("queued") > limits.maxQueue()) {
            return row.getLong("queued") + " sessions queued behind our locks" + behind;
        }
        if (!patient && waited.compareTo(limits.lockBudget()) > 0) {
            return "waited " + waited.toSeconds() + " s for locks in one transaction" + behind;
        }
        return null;
    }

    private void count(Row row, Duration round) {
        var current = String.valueOf(row.getString("xact"));
        if (!current.equals(transaction)) {
            transaction = current;
            waited = Duration.ZERO;
        }
        waited = row.getBoolean("waits") ? waited.plus(round) : waited;
    }

    @Override
    public void close() {
        left.accept(this);
    }
}
