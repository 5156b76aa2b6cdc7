// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.scratch;

import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.postgres.SqlLiterals;
import dev.skein.engine.server.PostgresPrograms;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * A server at an address. This program holds a lock there as long as it lives; scratch databases of
 * a run whose lock nobody holds are left over, and dropped by whoever comes next.
 */
final class RemoteHost implements ScratchHost {
    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(60);
    private static final String LOCK = "hashtextextended('skein scratch ' || ";
    private static final String LEFT =
            """
            SELECT datname FROM pg_database
            WHERE datname ~ '^%s[0-9a-f]{8}_[0-9]+$'
                AND shobj_description(oid, 'pg_database') = '%s'
                AND pg_has_role(datdba, 'USAGE')
                AND NOT EXISTS (SELECT FROM pg_locks l WHERE l.locktype = 'advisory' AND
                (l.classid::bigint << 32 | l.objid::bigint) = %ssplit_part(datname, '_', 3), 0))
            """
                    .formatted(ScratchServer.PREFIX, ScratchServer.MARK, LOCK);

    private final DatabaseAddress address;
    private final PgSession session;

    private RemoteHost(DatabaseAddress address, PgSession session) {
        this.address = address;
        this.session = session;
    }

    static RemoteHost open(PgClient client, DatabaseAddress address, String run) {
        var session = client.open(address, "skein scratch", Map.of());
        try {
            session.script(
                    "SELECT pg_advisory_lock(" + LOCK + SqlLiterals.text(run) + ", 0))",
                    QUERY_TIMEOUT);
            for (var row : session.script(LEFT, QUERY_TIMEOUT)) {
                var name = SqlLiterals.name(row.getString(0));
                session.script("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)", QUERY_TIMEOUT);
            }
            return new RemoteHost(address, session);
        } catch (SkeinException e) {
            session.close();
            throw e;
        }
    }

    @Override
    public DatabaseAddress administered(String database) {
        return address.withDatabase(database);
    }

    @Override
    public DatabaseAddress owned(String database) {
        return address.withDatabase(database);
    }

    @Override
    public String owner() {
        return address.user();
    }

    @Override
    public String maintenance() {
        return address.database();
    }

    @Override
    public int major() {
        return session.major();
    }

    @Override
    public String options() {
        return "";
    }

    @Override
    public Optional<PostgresPrograms> programs() {
        return PostgresPrograms.installed().stream()
                .filter(programs -> programs.major() >= major())
                .min(Comparator.comparingInt(PostgresPrograms::major));
    }

    @Override
    public void close() {
        session.close();
    }
}
