// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.query;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Waits, on a virtual thread, for what Hibernate does on an event loop: its sessions live nowhere
 * else.
 */
public final class BlockingCalls {
    private BlockingCalls() {}

    /** What is read in one session. */
    public static <T> T inSession(Supplier<Uni<T>> work) {
        return get(() -> Panache.withSession(work));
    }

    /** What is written in one transaction. */
    public static <T> T inTransaction(Supplier<Uni<T>> work) {
        return get(() -> Panache.withTransaction(work));
    }

    private static <T> T get(Supplier<Uni<T>> work) {
        try {
            return VertxContextSupport.subscribeAndAwait(work);
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) { // declared there, though what is checked comes wrapped already
            throw new CompletionException(e);
        }
    }
}
