// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup;

import dev.skein.engine.SkeinException;
import dev.skein.engine.backup.session.PatientSessions;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.postgres.SqlLiterals;
import java.time.Duration;

/**
 * The database that a backup is restored into, until it gets the name. Whoever makes or drops it
 * has a lock of its name in the maintenance database: the server goes on with what it was sent
 * after a client is gone, and what appears then would be in the next attempt's way, or be left.
 */
final class RestoredDatabase {
    private static final String PREFIX = "skein_restoring_";
    private static final int UID_DIGITS = 16;
    private static final Duration RESTORE_TIMEOUT = Duration.ofHours(12);
    private static final String LOCK_CLASS = "1397444942"; // "SKEN"
    private static final String WAIT = "10min";
    private static final String NOT_AVAILABLE = "55P03";

    private final PgClient client;
    private final DatabaseAddress maintenance;
    private final String name;

    /**
     * @param uid of the database that is replaced
     */
    RestoredDatabase(PgClient client, DatabaseAddress maintenance, String uid) {
        this.client = client;
        this.maintenance = maintenance;
        this.name = PREFIX + uid.substring(0, UID_DIGITS);
    }

    String name() {
        return name;
    }

    /** Makes it anew, empty; what an attempt before left is dropped. */
    void create(DatabaseProperties like) {
        try (var session = locked()) {
            session.script(drop(), RESTORE_TIMEOUT);
            session.script(like.create(name), RESTORE_TIMEOUT);
        }
    }

    private PgSession locked() {
        var session = PatientSessions.open(client, maintenance);
        try {
            session.script(
                    "SET lock_timeout = '%s'; SELECT pg_advisory_lock(%s, hashtext(%s))"
                            .formatted(WAIT, LOCK_CLASS, SqlLiterals.text(name)),
                    RESTORE_TIMEOUT);
            session.script("SET lock_timeout = 0", RESTORE_TIMEOUT);
            return session;
        } catch (PgServerError e) {
            session.close();
            throw e.sqlState().equals(NOT_AVAILABLE) ? busy() : e;
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private SkeinException busy() {
        return SkeinException.failed(
                "Database " + name,
                "the server is still making or dropping it for an attempt before",
                "Wait until it is done: see pg_stat_activity, application 'skein restore'");
    }

    private String drop() {
        return "DROP DATABASE IF EXISTS " + SqlLiterals.name(name) + " WITH (FORCE)";
    }

    /** Drops what a failed attempt made; a thread that is to end still has to. */
    void drop(RuntimeException failure) {
        boolean interrupted = Thread.interrupted();
        try (var session = locked()) {
            session.script(drop(), RESTORE_TIMEOUT);
        } catch (SkeinException e) {
            failure.addSuppressed(e);
            System.getLogger(RestoredDatabase.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "{0} was left behind beside {1}; the next restore drops it: {2}",
                            name,
                            maintenance,
                            e.found());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
