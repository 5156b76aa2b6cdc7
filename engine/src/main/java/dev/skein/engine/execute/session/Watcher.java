// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.session;

import dev.skein.engine.execute.order.Limits;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.postgres.SqlLiterals;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Watches over running sessions, with one session per server, which it opens only once a run takes
 * longer than half a second.
 *
 * <ul>
 *   <li>Where too many wait behind our locks, or we ourselves have waited for locks too long in one
 *       transaction, it cancels our statement; the step is tried again later.
 *   <li>Where the server has ended a session without the client's hearing of it, or nothing answers
 *       there any more, it breaks the session's connection: whoever waits for an answer would wait
 *       for days.
 * </ul>
 */
public final class Watcher {
    private static final Duration ROUND = Duration.ofMillis(200);
    private static final Duration END_TIMEOUT = Duration.ofSeconds(2);

    /**
     * How long silence is borne.
     *
     * @param answer of the server to the watcher's question
     * @param server that nothing at all answers there
     * @param session that the server has ended
     */
    public record Silence(Duration answer, Duration server, Duration session) {
        static final Silence DEFAULT =
                new Silence(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(5));
    }

    private final PgClient client;
    private final Silence silence;
    private final Map<String, Server> servers = new HashMap<>();

    public Watcher(PgClient client) {
        this(client, Silence.DEFAULT);
    }

    public Watcher(PgClient client, Silence silence) {
        this.client = client;
        this.silence = silence;
    }

    /** Watches over a session until what is given is closed. */
    public WatchedSession guard(DatabaseAddress address, PgSession session, Limits limits) {
        synchronized (servers) {
            // A role sees of its own sessions only what it needs here.
            var name = address.user() + "@" + address.server();
            var server = servers.computeIfAbsent(name, Server::new);
            var guarded = new WatchedSession(address, session, limits, server::left);
            server.guarded.add(guarded);
            if (server.thread == null) {
                server.thread =
                        Thread.ofVirtual().name("watcher " + address.server()).start(server::watch);
            }
            return guarded;
        }
    }

    /** Who waits, for whom, and behind whom. */
    private static String question(String pids) {
        return """
        SELECT o.pid, o.xact_start::text AS xact,
          o.wait_event_type IS NOT DISTINCT FROM 'Lock' AS waits,
          (SELECT count(DISTINCT w.pid) FROM pg_locks w
            WHERE NOT w.granted AND o.pid = ANY (pg_blocking_pids(w.pid))) AS queued,
          (SELECT format('process %%s (%%s, for %%s s)', b.pid,
              coalesce(nullif(b.application_name, ''), 'unnamed'),
              extract(epoch FROM now() - b.xact_start)::int)
            FROM pg_stat_activity b WHERE b.pid = ANY (pg_blocking_pids(o.pid))
            ORDER BY b.xact_start LIMIT 1) AS blocker
        FROM pg_stat_activity o WHERE o.pid IN (%s)
        """
                .formatted(pids);
    }

    /** Cancels what the process runs, unless that is over by now. */
    static String cancel(String pid, String transaction) {
        return """
        SELECT pg_cancel_backend(pid) FROM pg_stat_activity
        WHERE pid = %s AND xact_start::text IS NOT DISTINCT FROM %s
        """
                .formatted(pid, transaction);
    }

    /** The sessions on one server, and the session that watches them. */
    private final class Server {
        private final String name;
        private final List<WatchedSession> guarded = new CopyOnWriteArrayList<>();
        private final WatchSession watching;
        private final CountDownLatch empty = new CountDownLatch(1);
        private final CountDownLatch ended = new CountDownLatch(1);
        private @Nullable Thread thread; // the map's lock guards it

        private Server(String name) {
            this.name = name;
            this.watching = new WatchSession(client, name, silence.answer());
        }

        private void watch() {
            try (watching) {
                while (!empty.await(ROUND.toMillis(), TimeUnit.MILLISECONDS)) {
                    round();
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts this thread", e);
            } finally {
                ended.countDown();
            }
        }

        /** The last one waits for the watching session's end: the client may be closed next. */
        private void left(WatchedSession one) {
            synchronized (servers) {
                guarded.remove(one);
                if (!guarded.isEmpty()) {
                    return;
                }
                servers.remove(name, this);
                empty.countDown();
            }
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

        private void round() {
            var old = guarded.stream().filter(WatchedSession::isOld).toList();
            if (old.isEmpty()) {
                return;
            }
            var pids =
                    old.stream().map(WatchedSession::processId).collect(Collectors.joining(", "));
            var places = old.stream().map(WatchedSession::address).toList();
            watching.ask(places, question(pids)).ifPresent(rows -> look(old, rows));
            if (watching.silence().compareTo(silence.server()) > 0) {
                breakOff(old);
            }
        }

        /** Those that were open when the silence began; who came later has been answered. */
        private void breakOff(List<WatchedSession> old) {
            var silent = watching.silence();
            old.stream()
                    .filter(one -> one.age().compareTo(silent) > 0)
                    .forEach(one ->
                            one.abort(
                                    "nothing has answered there for " + silent.toSeconds() + " s"));
        }

        private void look(List<WatchedSession> old, RowSet<Row> rows) {
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
            var reason = one.reasonToYield(row, ROUND);
            if (reason != null) {
                one.cancelling(reason);
                var sql = cancel(one.processId(), SqlLiterals.nullable(row.getString("xact")));
                var cancelled = watching.ask(List.of(one.address()), sql);
                if (cancelled.isPresent() && cancelled.get().size() == 0) {
                    one.yielded(); // it was over already
                }
            }
        }
    }
}
