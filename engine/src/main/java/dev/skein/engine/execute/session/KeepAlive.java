// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.session;

import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.PgSession;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a session from being ended for idling while others work for it, and tells when it is gone
 * all the same. A process that is stopped says nothing any more: then its session ends, and with it
 * its lock.
 *
 * <p>Closing it touches neither the session nor what the session runs by then.
 */
public final class KeepAlive implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(8);

    /** A server that is busy answers late, and as long as it has the question nobody idles. */
    public static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

    private final PgSession session;
    private final Duration every;
    private final Duration answer;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable SkeinException lost;

    private KeepAlive(PgSession session, Duration every, Duration answer) {
        this.session = session;
        this.every = every;
        this.answer = answer;
    }

    /** Begins. */
    public static KeepAlive of(PgSession session) {
        return within(ANSWER_TIMEOUT, session);
    }

    /**
     * The same.
     *
     * @param answer how long the server may be silent
     */
    static KeepAlive within(Duration answer, PgSession session) {
        return of(session, EVERY, answer);
    }

    public static KeepAlive of(PgSession session, Duration every) {
        return of(session, every, ANSWER_TIMEOUT);
    }

    private static KeepAlive of(PgSession session, Duration every, Duration answer) {
        var alive = new KeepAlive(session, every, answer);
        Thread.ofVirtual().name("keep alive " + session.subject()).start(alive::run);
        return alive;
    }

    private void run() {
        try {
            while (!closed.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
                session.script("SELECT 1", answer);
            }
        } catch (SkeinException e) {
            lost = closed.getCount() == 0 ? null : e; // once closed, the owner may end the session
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    /** Why the session is gone, and with it the lock; nothing as long as it answers. */
    public Optional<SkeinException> lost() {
        return Optional.ofNullable(lost);
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
