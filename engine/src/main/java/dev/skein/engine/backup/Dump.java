// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup;

import dev.skein.engine.SkeinException;
import dev.skein.engine.backup.session.LockInTheWay;
import dev.skein.engine.backup.session.PatientSessions;
import dev.skein.engine.backup.session.ProgramConnections;
import dev.skein.engine.event.BackupExtent;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.postgres.SqlLiterals;
import dev.skein.engine.server.ProgramRuns;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.function.BooleanSupplier;

/**
 * Takes a backup with pg_dump. Archive, catalog and counts of rows are of one moment: they share a
 * snapshot.
 */
public final class Dump {
    static final Duration DUMP_TIMEOUT = Duration.ofHours(12);
    static final Duration QUERY_TIMEOUT = Duration.ofMinutes(1);

    private static final Duration LOCK_WAIT = Duration.ofSeconds(20);

    private final PgClient client;
    private final BackupFolder folder;
    private final Clock clock;
    private final Duration lockWait;

    public Dump(PgClient client, BackupFolder folder, Clock clock) {
        this(client, folder, clock, LOCK_WAIT);
    }

    /**
     * @param lockWait how long it waits for who holds a table
     */
    Dump(PgClient client, BackupFolder folder, Clock clock, Duration lockWait) {
        this.client = client;
        this.folder = folder;
        this.clock = clock;
        this.lockWait = lockWait;
    }

    /**
     * Takes one. Nothing is left of one that fails.
     *
     * @param state where the database's journal stands; the caller holds its lock
     * @param stop asked several times a second
     * @throws SkeinException if no pg_dump fits, or with that program's own words
     */
    public Backup take(
            DatabaseAddress address,
            BackupExtent extent,
            JournalState state,
            String rollout,
            BooleanSupplier stop) {
        return take(new DumpOrder(address, extent, state, rollout, clock.instant()), stop);
    }

    private Backup take(DumpOrder order, BooleanSupplier stop) {
        long began = System.nanoTime();
        try (var session = PatientSessions.open(client, order.address(), order.application())) {
            session.script("SET lock_timeout = " + lockWait.toMillis(), QUERY_TIMEOUT);
            var programs = DumpPrograms.dumping(session.major(), session.subject());
            endOthers(session, order.application());
            var snapshot = snapshot(session);
            var part = folder.begin(order.state().uid(), order.at());
            try {
                var seen =
                        DumpContents.read(session, order.extent(), programs, order.state(), stop);
                refuse(session, order, dump(programs, order, snapshot, part, stop));
                session.script("ROLLBACK", QUERY_TIMEOUT);
                var backup = order.describe(part, seen, began);
                folder.finish(part, backup);
                return backup;
            } catch (PgServerError e) {
                throw LockInTheWay.isWhy(e) ? locked(session.subject()) : e;
            } finally {
                folder.discard(part);
            }
        }
    }

    private SkeinException locked(String subject) {
        return SkeinException.failed(
                subject,
                "backup unavailable: somebody holds a lock on one of its tables for longer than "
                        + lockWait.toSeconds()
                        + " s",
                "Nothing was migrated; go on when it is free, or without: backup: none");
    }

    /** A pg_dump outlives a process that is killed; its locks would be in the next step's way. */
    private static void endOthers(PgSession session, String application) {
        session.script(
                """
                %sSELECT pg_terminate_backend(pid)
                FROM pg_stat_activity
                WHERE pid <> pg_backend_pid()
                    AND datname = current_database()
                    AND usename = session_user
                    AND application_name = %s
                """
                        .formatted(SqlLiterals.AS_LOGIN, SqlLiterals.text(application)),
                QUERY_TIMEOUT);
    }

    private static String snapshot(PgSession session) {
        session.script("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", QUERY_TIMEOUT);
        var rows = session.script("SELECT pg_export_snapshot()", QUERY_TIMEOUT);
        return rows.iterator().next().getString(0);
    }

    /** What the program complains of. */
    private String dump(
            DumpPrograms programs,
            DumpOrder order,
            String snapshot,
            Path part,
            BooleanSupplier stop) {
        var command = new ArrayList<String>();
        command.add(programs.program("pg_dump"));
        command.add("--format=custom");
        command.add("--snapshot=" + snapshot);
        command.add("--lock-wait-timeout=" + lockWait.toMillis());
        command.add("--no-password");
        command.add("--file=" + part);
        if (order.extent() == BackupExtent.SCHEMA) {
            command.add("--schema-only");
        }
        command.add("--dbname=" + ProgramConnections.url(order.address()));
        return ProgramRuns.complaints(
                command,
                ProgramConnections.environment(
                        order.address(), order.application(), programs.major()),
                stop);
    }

    private void refuse(PgSession session, DumpOrder order, String complaints) {
        if (complaints.isEmpty()) {
            return;
        }
        if (LockInTheWay.isWhy(complaints, session)) {
            throw locked(session.subject());
        }
        throw SkeinException.failed(
                "Backup of " + order.address(),
                ProgramConnections.inWords(complaints),
                "Nothing was migrated; mend it and go on, or go without: backup: none");
    }
}
