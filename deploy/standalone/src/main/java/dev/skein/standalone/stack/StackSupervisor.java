// SPDX-License-Identifier: Apache-2.0
package dev.skein.standalone.stack;

import dev.skein.engine.SkeinException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Starts parts group by group, restarts those that die, stops all of them backwards. */
public final class StackSupervisor implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final StackHome home;
    private final Consumer<String> talk;
    private final List<StackPart> running = Collections.synchronizedList(new ArrayList<>());
    private final Set<StackPart> restarting = ConcurrentHashMap.newKeySet();
    private final Set<StackPart> heldDown = ConcurrentHashMap.newKeySet();
    private final ExecutorService restarts = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean stopping;

    public StackSupervisor(StackHome home, Consumer<String> talk) {
        this.home = home;
        this.talk = talk;
    }

    /** Ends what an earlier supervisor left running when it was killed. */
    public void clear(List<StackPart> parts) {
        for (var part : parts) {
            new PidFile(home.pidFile(part.name())).end(PATIENCE);
        }
    }

    /** Starts a group at the same time and waits until all of it serves. */
    public void start(List<StackPart> group) throws InterruptedException {
        var failures = Collections.synchronizedList(new ArrayList<RuntimeException>());
        var threads = new ArrayList<Thread>();
        for (var part : group) {
            threads.add(
                    Thread.ofPlatform()
                            .name("start " + part.name())
                            .start(() -> start(part, failures)));
        }
        for (var thread : threads) {
            thread.join();
        }
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
    }

    private void start(StackPart part, List<RuntimeException> failures) {
        long began = System.nanoTime();
        try {
            launch(part);
            part.awaitReady();
            long millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
            talk.accept(
                    "  %-16s up in %4d ms, process %d"
                            .formatted(part.name(), millis, part.process().pid()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failures.add(e); // thrown on by whoever waits for the group
        }
    }

    /** Once stopping has begun nothing is launched, and what was launched is known to it. */
    private synchronized void launch(StackPart part) {
        if (stopping) {
            throw SkeinException.failed("Process " + part.name(), "the stack is stopping", "");
        }
        part.launch();
        if (!running.contains(part)) {
            running.add(part);
        }
        new PidFile(home.pidFile(part.name())).write(part.process().toHandle());
    }

    /**
     * Watches until {@link #close}, restarting what dies. Nobody waits for another here: what comes
     * up before the server that it needs is ready once that one has been restarted too.
     */
    public void watch() throws InterruptedException {
        while (!stopping) {
            for (var part : List.copyOf(running)) {
                if (!stopping
                        && !heldDown.contains(part)
                        && !part.process().isAlive()
                        && restarting.add(part)) {
                    restarts.execute(() -> restart(part));
                }
            }
            Thread.sleep(PERIOD);
        }
    }

    /** Does not restart a part until {@link #release}. */
    public void holdDown(StackPart part) {
        heldDown.add(part);
    }

    public void release(StackPart part) {
        heldDown.remove(part);
    }

    private void restart(StackPart part) {
        talk.accept(
                "%s died (exit code %d); starting it again"
                        .formatted(part.name(), part.process().exitValue()));
        try {
            launch(part);
            part.awaitReady();
            talk.accept(part.name() + " is up again");
        } catch (SkeinException e) {
            if (!stopping) {
                talk.accept(e.getMessage() + ". Trying again"); // the next round does
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            restarting.remove(part);
        }
    }

    /** Stops everything, the last started first. */
    @Override
    public void close() {
        synchronized (this) {
            stopping = true;
        }
        for (var part : List.copyOf(running).reversed()) {
            try {
                part.stop();
            } catch (InterruptedException e) {
                part.process().destroyForcibly();
                Thread.currentThread().interrupt();
            }
            new PidFile(home.pidFile(part.name())).delete();
        }
        restarts.close();
        running.clear();
    }
}
