// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.place;

import dev.skein.engine.postgres.LoginKeys;
import dev.skein.engine.postgres.PgClient;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The client of a command. Its making takes as long as reading the command line, so it may be begun
 * beforehand, beside it.
 */
public final class CommandClient {
    private static final AtomicReference<@Nullable CompletableFuture<PgClient>> BEGUN =
            new AtomicReference<>();

    private CommandClient() {}

    /** Begins to make it, in the background. */
    public static void begin() {
        var future = new CompletableFuture<PgClient>();
        BEGUN.set(future);
        Thread.ofPlatform().daemon().name("client").start(() -> complete(future));
    }

    private static void complete(CompletableFuture<PgClient> future) {
        try {
            future.complete(create());
        } catch (RuntimeException e) {
            future.completeExceptionally(e); // whoever takes it hears of it
        }
    }

    /** The client that was begun, or a new one. The caller closes it. */
    public static PgClient take() {
        var begun = BEGUN.getAndSet(null);
        return begun == null ? create() : begun.join();
    }

    private static PgClient create() {
        LoginKeys.keep();
        return PgClient.create();
    }
}
