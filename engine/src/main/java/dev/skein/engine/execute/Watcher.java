// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.PgSession;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Watches who waits behind our locks, with one session per server, which it opens only once a run
 * takes longer than half a second. Where too many wait, or we ourselves have waited for locks too
 * long in one transaction, it cancels our statement; the step is tried again later.
 */
final class Watcher {
    private static final System.Logger LOG = System.getLogger(Watcher.class.getName());
    private static final Duration ROUND = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final Duration BOUND = Duration.ofSeconds(10);
    private static final String QUESTION =
            "SELECT o.pid, o.xact_start::text AS xact, o.wait_event_type IS NOT DISTINCT FROM"
                + " 'Lock' AS waits, (SELECT count(DISTINCT w.pid) FROM pg_locks w WHERE NOT"
                + " w.granted AND o.pid = ANY (pg_blocking_pids(w.pid))) AS queued, (SELECT"
                + " format('process %s (%s, for %s s)', b.pid, coalesce(nullif(b.application_name,"
                + " ''), 'unnamed'), extract(epoch FROM now() - b.xact_start)::int) FROM"
                + " pg_stat_activity b WHERE b.pid = ANY (pg_blocking_pids(o.pid)) ORDER BY"
                + " b.xact_start LIMIT 1) AS blocker FROM pg_stat_activity o WHERE o.pid IN (";

    private final PgClient client;
    private final Map<String, Server> servers = new HashMap<>();

    Watcher(PgClient client) {
        this.client = client;
    }

    /** Watches over a session until it is closed. */
    Guarded guard(DatabaseAddress address, int processId, Limits limits) {
        synchronized (servers) {
            // A role sees of its own sessions only what it needs here.
            var name = address.user() + "@" + address.server();
            var server = servers.computeIfAbsent(name, s -> new Server(s, address));
            var guarded = new Guarded(server, processId, limits);
            server.guarded.add(guarded);
            if (!server.watched) {
                server.watched = true;
                Thread.ofVirtual().name("watcher " + address.server()).start(server::watch);
            }
            return guarded;
        }
    }

    /** A session under watch. */
    static final class Guarded implements AutoCloseable {
        private final Server server;
        private final int processId;
        private final Limits limits;
        private final long since = System.nanoTime();
        private volatile @Nullable String yielded;
        private volatile boolean patient;
        private String transaction = "";
        private Duration waited = Duration.ZERO;

        private Guarded(Server server, int processId, Limits limits) {
            this.server = server;
            this.processId = processId;
            this.limits = limits;
        }

        /** Why the watcher cancelled our statement; forgotten once told. */
        @Nullable String yielded() {
            var reason = yielded;
            yielded = null;
            return reason;
        }

        /** Whether the statement may wait for locks as long as it takes; others still count. */
        void patient(boolean may) {
            patient = may;
        }

        private boolean isOld() {
            return System.nanoTime() - since > PATIENCE.toNanos();
        }

        private @Nullable String reasonToYield(Row row) {
            count(row);
            var blocker = row.getString("blocker");
            var behind = blocker == null ? "" : "; we wait for " + blocker;
            if (row.getLong("queued") > limits.maxQueue()) {
                return row.getLong("queued") + " sessions queued behind our locks" + behind;
            }
            if (!patient && waited.compareTo(limits.lockBudget()) > 0) {
                return "waited " + waited.toSeconds() + " s for locks in one transaction" + behind;
            }
            return null;
        }

        private void count(Row row) {
            var current = String.valueOf(row.getString("xact"));
            if (!current.equals(transaction)) {
                transaction = current;
                waited = Duration.ZERO;
            }
            waited = row.getBoolean("waits") ? waited.plus(ROUND) : waited;
        }

        @Override
        public void close() {
            server.guarded.remove(this);
        }
    }

    /** The sessions on one server, and the session that watches them. */
    private final class Server {
        private final String name;
        private final DatabaseAddress address;
        private final List<Guarded> guarded = new CopyOnWriteArrayList<>();
        private boolean watched; // one thread: the map's lock guards it
        private @Nullable PgSession session;

        private Server(String name, DatabaseAddress address) {
            this.name = name;
            this.address = address;
        }

        private void watch() {
            try {
                do {
                    LockSupport.parkNanos(ROUND.toNanos());
                    round();
                } while (!isOver());
            } finally {
                if (session != null) {
                    session.close();
                }
            }
        }

        private boolean isOver() {
            synchronized (servers) {
                if (guarded.isEmpty()) {
                    servers.remove(name, this);
                    watched = false;
                }
                return guarded.isEmpty();
            }
        }

        private void round() {
            var old = guarded.stream().filter(Guarded::isOld).toList();
            if (old.isEmpty()) {
                return;
            }
            try {
                if (session == null) {
                    session = client.open(address, "skein watcher", Map.of());
                }
                look(session, old);
            } catch (SkeinException e) {
                // Without a watcher the timeouts still hold; the next round tries again.
                LOG.log(System.Logger.Level.WARNING, "watcher of {0}: {1}", name, e.found());
                if (session != null) {
                    session.close();
                }
                session = null;
            }
        }

        private void look(PgSession watching, List<Guarded> old) {
            var pids =
                    old.stream()
                            .map(g -> String.valueOf(g.processId))
                            .collect(Collectors.joining(", "));
            for (var row : watching.script(QUESTION + pids + ")", BOUND)) {
                for (var one : old) {
                    if (one.processId == row.getInteger("pid")) {
                        judge(watching, one, row);
                    }
                }
            }
        }

        private void judge(PgSession watching, Guarded one, Row row) {
            var reason = one.reasonToYield(row);
            if (reason != null) {
                one.yielded = reason;
                one.waited = Duration.ZERO;
                watching.script("SELECT pg_cancel_backend(" + one.processId + ")", BOUND);
            }
        }
    }
}
