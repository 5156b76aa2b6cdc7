// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.OperatingSystemMXBean;
import dev.skein.agent.daemon.discover.ServerDatabase;
import dev.skein.engine.postgres.DatabaseAddress;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Directives that wait for a place of their server. */
@Isolated("it measures what the process does")
class ServerBudgetsTest {
    private static final int PLACES = 4;
    private static final int WAITING = 10_000;
    private static final Duration WORK = Duration.ofMillis(20);
    private static final int MEASURED = 200;
    private static final int WINDOWS = 3;

    private final ServerBudgets budgets = new ServerBudgets();
    private final Queue<Integer> ran = new ConcurrentLinkedQueue<>();
    private final AtomicInteger left = new AtomicInteger();
    private final LongAdder busy = new LongAdder();

    private static ServerDatabase place(int number, int places) {
        var address = DatabaseAddress.parse("postgresql://u@127.0.0.1/d" + number);
        return new ServerDatabase(
                "main", "d" + number, number, "7", 15, 1, address, Map.of(), places, "eu/main");
    }

    /** One directive's thread. */
    private Thread thread(int number, int places, WorkBrake brake, ServerBudgets.Work<?> work) {
        return Thread.startVirtualThread(() -> {
            try {
                if (budgets.within(place(number, places), brake, work).isEmpty()) {
                    left.incrementAndGet();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** One that has the only place until it is let go. */
    private void holdPlace(CountDownLatch release) throws InterruptedException {
        var begun = new CountDownLatch(1);
        thread(
                0,
                1,
                new WorkBrake(),
                () -> {
                    begun.countDown();
                    release.await();
                    return true;
                });
        begun.await();
    }

    private Thread waiting(int number, WorkBrake brake) {
        var thread = thread(number, 1, brake, () -> ran.add(number));
        await().until(() -> thread.getState() == Thread.State.WAITING);
        return thread;
    }

    @Test
    void placesAreHandedOnInTheOrderInWhichTheyWereAskedFor() throws InterruptedException {
        var release = new CountDownLatch(1);
        holdPlace(release);
        var threads = new ArrayList<Thread>();
        for (int i = 1; i <= 20; i++) {
            threads.add(waiting(i, new WorkBrake()));
        }
        release.countDown();
        for (var thread : threads) {
            thread.join();
        }
        assertThat(List.copyOf(ran)).hasSize(20).isSorted();
    }

    @Test
    void aBrakeTakesItsOwnOutOfTheQueueAndNobodyElse() throws InterruptedException {
        var release = new CountDownLatch(1);
        holdPlace(release);
        var brake = new WorkBrake();
        var first = waiting(1, new WorkBrake());
        var stopped = waiting(2, brake);
        var last = waiting(3, new WorkBrake());
        brake.pull();
        stopped.join();
        assertThat(left).as("while the place is held").hasValue(1);
        release.countDown();
        first.join();
        last.join();
        assertThat(ran).containsExactly(1, 3);
    }

    @Test
    void whatWasStoppedOrInterruptedBeforeKeepsNoPlace() throws InterruptedException {
        var pulled = new WorkBrake();
        pulled.pull();
        thread(1, 1, pulled, () -> ran.add(1)).join();
        var release = new CountDownLatch(1);
        holdPlace(release);
        thread(2, 1, pulled, () -> ran.add(2)).join();
        var interrupted = waiting(3, new WorkBrake());
        interrupted.interrupt();
        interrupted.join();
        var last = waiting(4, new WorkBrake());
        release.countDown();
        last.join();
        assertThat(ran).containsExactly(4);
        assertThat(left).hasValue(2);
    }

    /** What the places do is all that there is to do, however many wait for them. */
    @Test
    void thousandsWaitForFourPlacesAndTakeNothingFromThem() throws InterruptedException {
        var done = new Semaphore(0);
        var brakes = new ArrayList<WorkBrake>();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < WAITING; i++) {
            brakes.add(new WorkBrake());
            threads.add(thread(i, PLACES, brakes.getLast(), () -> work(done)));
        }
        double best = 0;
        double least = Double.MAX_VALUE;
        for (int window = 0; window < WINDOWS; window++) {
            done.acquire(); // what others do on this machine slows down one window, not each
            busy.reset();
            long began = System.nanoTime();
            long cpu = cpu();
            done.acquire(MEASURED);
            double taken = System.nanoTime() - began;
            best = Math.max(best, busy.sum() / (taken * PLACES));
            least = Math.min(least, (cpu() - cpu) / taken);
        }
        brakes.forEach(WorkBrake::pull);
        for (var thread : threads) {
            thread.join();
        }
        assertThat(best).as("of the places' time").isGreaterThan(0.95);
        assertThat(least).as("cores").isLessThan(0.3);
        assertThat(left.get()).isGreaterThan(WAITING - 2 * WINDOWS * MEASURED);
    }

    private boolean work(Semaphore done) throws InterruptedException {
        long began = System.nanoTime();
        Thread.sleep(WORK);
        busy.add(System.nanoTime() - began);
        done.release();
        return true;
    }

    private static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
