// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.console;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;

/** Waits, on a virtual thread, for what runs on the event loop. */
final class BlockingCalls {
    private BlockingCalls() {}

    static <T> T get(Supplier<Uni<T>> work) {
        try {
            return VertxContextSupport.subscribeAndAwait(work);
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) { // what the awaited call declares
            throw new SkeinException(
                    ErrorCode.FAILED, "Page", String.valueOf(e.getMessage()), "", e);
        }
    }
}
