// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.kafka;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * The batches that are stored, one behind the other, while the next is read. Behind one that cannot
 * be stored none is. Of one thread, the reader's.
 */
final class StoringTask {
    /** What waits takes no more memory than this, except for one batch alone. */
    private static final long MOST_BYTES = 8 << 20;

    private final int most;
    private final Deque<Storing> begun = new ArrayDeque<>();

    /**
     * @param most how many are begun at once
     */
    StoringTask(int most) {
        this.most = most;
    }

    private record Storing(FutureTask<@Nullable Void> task, long bytes) {}

    /** Begins to store one; waits for those before where they are as many as may be. */
    void begin(long bytes, Runnable batch) throws InterruptedException {
        while (!hasRoom(bytes)) {
            finishFirst();
        }
        var before = begun.peekLast();
        var task =
                new FutureTask<@Nullable Void>(() -> {
                    if (before != null) {
                        before.task().get();
                    }
                    batch.run();
                    return null;
                });
        begun.add(new Storing(task, bytes));
        Thread.startVirtualThread(task);
    }

    private boolean hasRoom(long bytes) {
        long waiting = begun.stream().mapToLong(Storing::bytes).sum();
        return begun.isEmpty() || (begun.size() < most && waiting + bytes <= MOST_BYTES);
    }

    /** Whether nobody has waited yet for what was begun. */
    boolean isPending() {
        return !begun.isEmpty();
    }

    /** Waits for the batches that are being stored, and fails as the first that did. */
    void finish() throws InterruptedException {
        while (!begun.isEmpty()) {
            finishFirst();
        }
    }

    private void finishFirst() throws InterruptedException {
        try {
            begun.remove().task().get();
        } catch (ExecutionException e) {
            begun.clear(); // they end without being stored
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException(e.getCause());
        }
    }
}
