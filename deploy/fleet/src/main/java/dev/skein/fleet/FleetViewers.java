// SPDX-License-Identifier: Apache-2.0
package dev.skein.fleet;

import dev.skein.faults.work.StackOperators;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** People who leave a page open: each of them asks as its script does. */
final class FleetViewers implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int ERROR = 400;

    private final StackOperators desk;
    private final String path;
    private final List<Thread> threads = new ArrayList<>();
    private final List<Double> millis = Collections.synchronizedList(new ArrayList<>());
    private final AtomicLong largest = new AtomicLong();
    private volatile @Nullable Exception failure;
    private volatile boolean closed;

    private FleetViewers(StackOperators desk, String path) {
        this.desk = desk;
        this.path = path;
    }

    /** Has so many look at a page, each a little later than the one before. */
    static FleetViewers open(StackOperators desk, String path, int number) {
        var viewers = new FleetViewers(desk, path);
        for (int n = 0; n < number; n++) {
            var wait = EVERY.multipliedBy(n).dividedBy(number);
            viewers.threads.add(Thread.startVirtualThread(() -> viewers.look(wait)));
        }
        return viewers;
    }

    private void look(Duration first) {
        try {
            Thread.sleep(first);
            var tag = "";
            while (!closed) {
                long began = System.nanoTime();
                tag = ask(tag);
                millis.add(FleetWait.since(began) * 1e3);
                Thread.sleep(EVERY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the page is closed
        } catch (IOException e) {
            failure = e;
        }
    }

    private String ask(String tag) throws IOException, InterruptedException {
        var answer = desk.again(StackOperators.OPERATOR, path, tag);
        if (answer.statusCode() >= ERROR) {
            throw new IOException(path + " was answered with " + answer.statusCode());
        }
        largest.accumulateAndGet(answer.body().length, Math::max);
        return tag(answer);
    }

    /** What an answer is known by; empty where it says nothing. */
    static String tag(HttpResponse<?> answer) {
        return answer.headers().firstValue("ETag").orElse("");
    }

    /** Notes how long they waited for answers. */
    void addTimes(FleetFigures figures, String name) {
        figures.addTimes(name, List.copyOf(millis), largest.get());
    }

    @Override
    public void close() {
        closed = true;
        threads.forEach(Thread::interrupt);
        try {
            for (var thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (failure instanceof IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
