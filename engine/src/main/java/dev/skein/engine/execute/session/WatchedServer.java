// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.session;

import dev.skein.engine.execute.session.Watcher.Silence;
import dev.skein.engine.postgres.SqlLiterals;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The sessions on one server, and the session that watches them. */
final class WatchedServer {
    private static final Duration EVERY = Duration.ofMillis(200);
    private static final Duration END_TIMEOUT = Duration.ofSeconds(2);

    private final String name;
    private final WatchSession watching;
    private final Silence silence;
    private final List<WatchedSession> watched = new CopyOnWriteArrayList<>();
    private final CountDownLatch empty = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private boolean isRunning; // the watcher's lock guards it

    /**
     * @param name its user and address
     */
    WatchedServer(String name, WatchSession watching, Silence silence) {
        this.name = name;
        this.watching = watching;
        this.silence = silence;
    }

    String name() {
        return name;
    }

    /** Watches over one session more; under the watcher's lock. */
    void watch(WatchedSession one) {
        watched.add(one);
        if (!isRunning) {
            isRunning = true;
            Thread.ofVirtual().name("watcher " + one.address().server()).start(this::lookUntilEnd);
        }
    }

    /** Lets go of a session, and gives whether it was the last. */
    boolean letGo(WatchedSession one) {
        watched.remove(one);
        return watched.isEmpty();
    }

    /** Nobody is watched any more. */
    void end() {
        empty.countDown();
    }

    /** Waits for the end of the watching session, and breaks it off where that takes long. */
    void awaitEnd() {
        boolean interrupted = Thread.interrupted();
        try {
            if (!ended.await(END_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                watching.abort();
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void lookUntilEnd() {
        try (watching) {
            while (!empty.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        } finally {
            ended.countDown();
        }
    }

    private void look() {
        var old = watched.stream().filter(WatchedSession::isOld).toList();
        if (old.isEmpty()) {
            return;
        }
        var pids = old.stream().map(WatchedSession::processId).collect(Collectors.joining(", "));
        var places = old.stream().map(WatchedSession::address).toList();
        watching.ask(places, WatchQuestions.waiting(pids)).ifPresent(rows -> compare(old, rows));
        if (watching.silence().compareTo(silence.server()) > 0) {
            breakOff(old);
        }
    }

    /** Those that were open when the silence began; who came later has been answered. */
    private void breakOff(List<WatchedSession> old) {
        var silent = watching.silence();
        var why = "nothing has answered there for " + silent.toSeconds() + " s";
        old.stream().filter(one -> one.age().compareTo(silent) > 0).forEach(one -> one.abort(why));
    }

    private void compare(List<WatchedSession> old, RowSet<Row> rows) {
        for (var one : old) {
            boolean seen = false;
            for (var row : rows) {
                if (one.processId().equals(String.valueOf(row.getInteger("pid")))) {
                    seen = true;
                    judge(one, row);
                }
            }
            if (one.isMissing(seen).compareTo(silence.session()) > 0) {
                one.abort("the server ended the session, and the word of it was lost");
            }
        }
    }

    private void judge(WatchedSession one, Row row) {
        var reason = one.reasonToYield(row, EVERY);
        if (reason != null) {
            one.cancelling(reason);
            var transaction = SqlLiterals.nullable(row.getString("xact"));
            var sql = WatchQuestions.cancel(one.processId(), transaction);
            var cancelled = watching.ask(List.of(one.address()), sql);
            if (cancelled.isPresent() && cancelled.get().size() == 0) {
                one.yielded(); // it was over already
            }
        }
    }
}
