// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.session;

import dev.skein.engine.execute.order.Limits;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.PgSession;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

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
    private final Map<String, WatchedServer> servers = new HashMap<>();

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
            var server = servers.computeIfAbsent(name, this::server);
            var watched = new WatchedSession(address, session, limits, one -> letGo(server, one));
            server.watch(watched);
            return watched;
        }
    }

    private WatchedServer server(String name) {
        return new WatchedServer(name, new WatchSession(client, name, silence.answer()), silence);
    }

    /** The last one waits for the watching session's end: the client may be closed next. */
    private void letGo(WatchedServer server, WatchedSession one) {
        synchronized (servers) {
            if (!server.letGo(one)) {
                return;
            }
            servers.remove(server.name(), server);
            server.end();
        }
        server.awaitEnd();
    }
}
