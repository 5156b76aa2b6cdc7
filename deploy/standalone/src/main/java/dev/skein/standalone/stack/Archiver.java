// SPDX-License-Identifier: Apache-2.0
package dev.skein.standalone.stack;

import dev.skein.engine.SkeinException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes the archives of a stack that runs. Nobody waits for it, and where it fails that is said and
 * harms none; whoever stops the stack closes it before.
 */
public final class Archiver implements AutoCloseable {
    private final Consumer<String> talk;
    private @Nullable Thread thread;
    private volatile boolean closed;

    public Archiver(Consumer<String> talk) {
        this.talk = talk;
    }

    /** Begins, all parts being up; after {@link #close} it does not. */
    public void start(LocalStack stack) {
        start(stack::archive);
    }

    /** What it does in its thread. */
    @FunctionalInterface
    interface Work {
        void run() throws InterruptedException;
    }

    synchronized void start(Work work) {
        if (!closed) {
            thread = Thread.ofPlatform().daemon().name("archiver").start(() -> run(work));
        }
    }

    private void run(Work work) {
        try {
            work.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SkeinException | UncheckedIOException e) {
            if (!closed) {
                talk.accept("Later starts will be no faster: " + e.getMessage());
            }
        }
    }

    /** Waits until it has done what it began. */
    public void join() throws InterruptedException {
        var begun = begun();
        if (begun != null) {
            begun.join();
        }
    }

    private synchronized @Nullable Thread begun() {
        return thread;
    }

    /** Ends what it began, and waits for that end. */
    @Override
    public void close() {
        closed = true;
        var begun = begun();
        if (begun == null) {
            return;
        }
        begun.interrupt();
        try {
            begun.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
