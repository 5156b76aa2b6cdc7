// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.kafka;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** The one batch that is stored while the next is read. */
final class StoringTask {
    private @Nullable Future<?> storing;

    /** Begins to store one; the one before is finished. */
    void begin(Runnable batch) {
        var task = new FutureTask<@Nullable Void>(batch, null);
        storing = task;
        Thread.startVirtualThread(task);
    }

    /** Whether nobody has waited yet for what was begun. */
    boolean isPending() {
        return storing != null;
    }

    /** Waits for the batch that is being stored, and fails as it did. */
    void finish() throws InterruptedException {
        var batch = storing;
        storing = null;
        try {
            if (batch != null) {
                batch.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException(e.getCause());
        }
    }
}
