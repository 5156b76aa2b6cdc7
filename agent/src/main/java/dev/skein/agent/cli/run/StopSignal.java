// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.run;

import dev.skein.agent.cli.common.Output;
import dev.skein.engine.execute.order.Brake;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and TERM: nothing new is started, what runs is cancelled by the server, and the process
 * ends when its threads have let go of their databases.
 */
final class StopSignal implements Brake, AutoCloseable {
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

    private final Set<Thread> workers = ConcurrentHashMap.newKeySet();
    private final CountDownLatch told = new CountDownLatch(1);
    private final Output out;
    private final Thread hook;
    private volatile boolean pulled;

    StopSignal(Output out) {
        this.out = out;
        this.hook = new Thread(this::stop, "stop");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public boolean isPulled() {
        return pulled;
    }

    /** Runs work on this thread, which a stop interrupts. */
    void during(Runnable work) {
        workers.add(Thread.currentThread());
        try {
            if (!pulled) {
                work.run();
            }
        } finally {
            workers.remove(Thread.currentThread());
            Thread.interrupted(); // it was for the work; what follows tells how it ended
        }
    }

    private void stop() {
        pulled = true;
        out.say("Stopping: what runs is cancelled; what is not committed is rolled back.");
        workers.forEach(Thread::interrupt);
        try {
            told.await(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        told.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending: the hook runs now and waits for this thread.
            System.getLogger("skein").log(System.Logger.Level.DEBUG, "ending");
        }
    }
}
