// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults.fault;

import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.PgSession;
import dev.skein.faults.work.TenantDatabases;
import dev.skein.faults.work.TenantName;
import dev.skein.faults.world.StackUnderFaults;
import dev.skein.standalone.stack.LocalStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What others do in a PostgreSQL server: end sessions, cancel, hold locks, use up connections. */
final class SqlFaults {
    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(15);
    private static final List<Integer> HELD = List.of(1000, 4000, 12_000, 40_000);
    private static final int MOST = 120;
    private static final String ACTIVE = "AND state = 'active'";

    private SqlFaults() {}

    static List<FaultKind> kinds() {
        return List.of(
                atServer("terminate-sessions-tenant", false, "pg_terminate_backend", ""),
                atServer("terminate-sessions-control", true, "pg_terminate_backend", ""),
                atServer("cancel-statements-tenant", false, "pg_cancel_backend", ACTIVE),
                atServer("cancel-statements-control", true, "pg_cancel_backend", ACTIVE),
                held("hold-table-lock", "BEGIN; LOCK TABLE stock IN ACCESS EXCLUSIVE MODE"),
                held(
                        "hold-row-locks",
                        "BEGIN; SELECT count(*) FROM (SELECT 1 FROM orders FOR UPDATE) r"),
                held(
                        "hold-old-snapshot",
                        "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM stock"),
                FaultKind.moment("deadlock", SqlFaults::deadlock),
                FaultKind.lasting(
                        "use-up-connections-tenant",
                        List.of(1000, 4000, 12_000),
                        (world, random) -> useUp(world, site(random))),
                FaultKind.lasting(
                        "use-up-connections-control",
                        List.of(1000, 4000, 12_000),
                        (world, random) -> useUp(world, "control")));
    }

    private static String site(Random random) {
        return LocalStack.SITES.get(random.nextInt(LocalStack.SITES.size()));
    }

    private static TenantName tenant(Random random) {
        var all = TenantDatabases.all();
        return all.get(random.nextInt(all.size()));
    }

    private static FaultKind atServer(String name, boolean control, String function, String more) {
        return FaultKind.moment(
                name,
                (world, random) -> {
                    try (var server = world.open(control ? "control" : site(random), "postgres")) {
                        server.query(
                                """
                                SELECT count(%s(pid)) FROM pg_stat_activity
                                WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
                                AND application_name <> 'faults' AND random() < 0.6 %s
                                """
                                        .formatted(function, more));
                    } catch (SkeinException e) {
                        return FaultKind.End.MISSED; // the server is down for another reason
                    }
                    return FaultKind.End.NOTHING;
                });
    }

    private static FaultKind held(String name, String sql) {
        return FaultKind.lasting(
                name,
                HELD,
                (world, random) -> {
                    var tenant = tenant(random);
                    PgSession session;
                    try {
                        session = world.open(tenant.site(), tenant.name());
                    } catch (SkeinException e) {
                        return FaultKind.End.MISSED; // its server is down for another reason
                    }
                    try {
                        session.script("SET lock_timeout = '2s'", QUERY_TIMEOUT);
                        session.script(sql, QUERY_TIMEOUT);
                    } catch (SkeinException e) {
                        session.close(); // somebody else holds it
                        return FaultKind.End.MISSED;
                    }
                    return session::close;
                });
    }

    /** Locks in the other order than a revision does; one of both is the victim. */
    private static FaultKind.End deadlock(StackUnderFaults world, Random random) {
        var tenant = tenant(random);
        try (var session = world.open(tenant.site(), tenant.name())) {
            session.script("BEGIN; UPDATE orders SET n = n; SELECT pg_sleep(0.4)", QUERY_TIMEOUT);
            session.script("UPDATE stock SET n = n; ROLLBACK", QUERY_TIMEOUT);
        } catch (SkeinException e) {
            return FaultKind.End.NOTHING; // it was the victim
        }
        return FaultKind.End.NOTHING;
    }

    private static FaultKind.End useUp(StackUnderFaults world, String server) {
        var sessions = new ArrayList<PgSession>();
        try {
            while (sessions.size() < MOST) {
                sessions.add(world.open(server, "postgres"));
            }
        } catch (SkeinException e) {
            return () -> sessions.forEach(PgSession::close); // none is left, as it should be
        }
        return () -> sessions.forEach(PgSession::close);
    }
}
