// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup;

import dev.skein.engine.SkeinException;
import dev.skein.engine.backup.session.PatientSessions;
import dev.skein.engine.execute.TenantHold;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.postgres.SqlLiterals;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Gives a restored database the name of the one that it replaces, in one transaction: whoever is
 * cut off finds either the one or the other under the name. The first RENAME lets nobody new in and
 * waits some seconds for those who are connected; they are ended meanwhile. The holder of the
 * database's lock is the last: once it is alone it is asked whether it still holds it, and nobody
 * can take over any more before the name is another's.
 */
final class NameSwap {
    private static final Duration QUERY_TIMEOUT = Duration.ofMinutes(1);
    private static final long PAUSE_MILLIS = 50;
    private static final int MOST_BYTES = 63;
    private static final String REPLACED = "skein_replaced_";

    private final PgClient client;
    private final DatabaseAddress maintenance;

    /**
     * @param maintenance a database of the same server that is not concerned
     */
    NameSwap(PgClient client, DatabaseAddress maintenance) {
        this.client = client;
        this.maintenance = maintenance;
    }

    /**
     * Swaps.
     *
     * @param hold of the database that is replaced; it is let go
     * @param stamp makes the new name of the replaced one its own: digits and letters
     * @return that name; nobody can connect to it until somebody allows it
     */
    String swap(String name, String restored, TenantHold hold, String stamp) {
        var replaced = REPLACED + stamp;
        if (replaced.length() > MOST_BYTES) {
            throw new IllegalArgumentException("too long: " + replaced);
        }
        try (var mover = PatientSessions.open(client, maintenance);
                var ender = PatientSessions.open(client, maintenance)) {
            mover.script("BEGIN; SET LOCAL lock_timeout = '10s'", QUERY_TIMEOUT);
            var renaming = mover.send(rename(name, replaced));
            var asked = end(ender, mover.processId(), name, hold, renaming);
            mover.await(renaming, QUERY_TIMEOUT);
            if (!asked) {
                hold.confirm(); // nobody was connected, so its session cannot be there
            }
            mover.script(
                    "ALTER DATABASE %s ALLOW_CONNECTIONS false; %s; COMMIT"
                            .formatted(SqlLiterals.name(replaced), rename(restored, name)),
                    QUERY_TIMEOUT);
            return replaced;
        } catch (PgServerError e) {
            throw SkeinException.failed(
                    "Database " + name,
                    "it is in use and could not be replaced: " + e.discreetMessage(name),
                    "Nothing was changed; end its sessions and try again");
        }
    }

    private static String rename(String from, String to) {
        return "ALTER DATABASE " + SqlLiterals.name(from) + " RENAME TO " + SqlLiterals.name(to);
    }

    /**
     * Ends the sessions of a database, once no new ones can begin, until the renaming is over.
     *
     * @return whether the holder was asked, and still held it
     */
    private static boolean end(
            PgSession ender, int mover, String name, TenantHold hold, Future<?> renaming) {
        int holder = hold.session().processId();
        var asked = false;
        while (!renaming.isComplete()) {
            var ending = ending(mover, name, holder);
            var row = ender.script(ending + "; " + SqlLiterals.AS_LOGIN + ending, QUERY_TIMEOUT);
            if (!asked && row.iterator().next().getBoolean(0)) {
                hold.confirm();
                hold.close();
                asked = true;
            }
            pause();
        }
        return asked;
    }

    /**
     * Ends who else is connected, once nobody new is let in; true where nobody else was left.
     * Others may be the login's to end than its default role's.
     */
    private static String ending(int mover, String name, int holder) {
        return """
        WITH closed AS (
            SELECT FROM pg_locks l WHERE l.pid = %1$d AND l.locktype = 'object' AND l.granted
                AND l.classid = 'pg_database'::regclass AND l.mode = 'AccessExclusiveLock'
        ), other AS (
            SELECT a.pid, a.usesysid, a.backend_type FROM pg_stat_activity a
            WHERE a.datname = %2$s AND a.pid <> %3$d AND EXISTS (SELECT FROM closed)
        ), ended AS MATERIALIZED (
            SELECT pg_terminate_backend(o.pid) FROM other o
            WHERE o.backend_type = 'client backend' AND (pg_has_role(o.usesysid, 'USAGE')
                OR pg_has_role('pg_signal_backend', 'USAGE'))
        )
        SELECT EXISTS (SELECT FROM closed) AND NOT EXISTS (SELECT FROM other),
            (SELECT count(*) FROM ended)
        """
                .formatted(mover, SqlLiterals.text(name), holder);
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
