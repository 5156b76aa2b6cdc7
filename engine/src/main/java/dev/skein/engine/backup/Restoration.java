// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup;

import dev.skein.engine.Json;
import dev.skein.engine.SkeinException;
import dev.skein.engine.backup.session.PatientSessions;
import dev.skein.engine.execute.TenantHold;
import dev.skein.engine.execute.order.Scope;
import dev.skein.engine.execute.order.UnapprovedPath;
import dev.skein.engine.journal.Author;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts a database back to the moment of a backup: restores it beside, compares it with what was
 * noted then, lets its journal go on, and only then gives it the name. Cut off at any moment, the
 * database is the one or the other, whole; what was restored beside is dropped by the next attempt.
 */
public final class Restoration {
    static final Duration RESTORE_TIMEOUT = Duration.ofHours(12);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss").withZone(ZoneOffset.UTC);

    private final PgClient client;
    private final BackupFolder folder;
    private final Clock clock;
    private long begun = -1;

    /** For one directive: what an attempt finds is held against what the first one found. */
    public Restoration(PgClient client, BackupFolder folder, Clock clock) {
        this.client = client;
        this.folder = folder;
        this.clock = clock;
    }

    /**
     * What is to be restored, and where to.
     *
     * @param address the database that is replaced
     * @param maintenance another database of its server
     * @param uid which database that must be, and whose backup it is
     * @param heads where it was when that was approved, since all that it went from there on would
     *     be undone, too; null for wherever it is
     */
    public record Order(
            DatabaseAddress address,
            DatabaseAddress maintenance,
            Scope scope,
            String uid,
            String sha256,
            Author author,
            @Nullable List<String> heads) {
        public Order {
            heads = heads == null ? null : List.copyOf(heads);
        }

        /** From wherever it is. */
        public Order(
                DatabaseAddress address,
                DatabaseAddress maintenance,
                Scope scope,
                String uid,
                String sha256,
                Author author) {
            this(address, maintenance, scope, uid, sha256, author, null);
        }

        /** The same from where it was when that was approved; null for wherever it is. */
        public Order withHeads(@Nullable List<String> approved) {
            return new Order(address, maintenance, scope, uid, sha256, author, approved);
        }
    }

    /**
     * What the journal says of it.
     *
     * @param extensions those that have another version than in the backup, in words
     * @param uncompared what could not be held against what was noted, in words
     * @param notDumped what there was when it was saved that no dump brings back, in words
     */
    record Note(
            String backup,
            String takenAt,
            String replaced,
            long lostEntries,
            List<String> extensions,
            List<String> uncompared,
            List<String> notDumped) {}

    /** An archive that is whole, and what reads it. */
    private record Verified(Path file, DumpPrograms programs) {}

    /**
     * Restores. An attempt after one that lost the lock goes on only where nobody has written to
     * the journal in between.
     *
     * @param last done under the lock, before anything is replaced
     * @param stop asked several times a second, as long as nothing is replaced
     * @return the name that the replaced database has now; empty if an earlier run has done it
     * @throws SkeinException if it cannot be done; the database is as it was then
     */
    public String run(Order order, Runnable last, BooleanSupplier stop) {
        try (var hold = hold(order)) {
            var past = new PastRestore(order, hold);
            if (past.isDone()) {
                past.answer();
                return "";
            }
            refuseMoved(hold);
            refuseUnapproved(order, hold);
            var backup = ChosenBackup.of(folder, order);
            RestorePreflight.check(hold.session());
            ChosenBackup.refuseOlder(hold.session(), backup);
            int major = hold.session().major();
            var archive =
                    new Verified(
                            folder.verified(backup),
                            DumpPrograms.restoring(backup.programMajor(), major));
            RestorePreflight.check(
                    hold.session(), ArchiveNeeds.of(backup, archive.file(), archive.programs()));
            var like = DatabaseProperties.of(hold.session());
            RestorePreflight.check(hold.session(), like, order.address().database());
            last.run();
            return restoreHeld(order, hold, like, backup, archive, stop);
        }
    }

    private TenantHold hold(Order order) {
        return TenantHold.of(
                client, order.address(), order.scope(), order.author(), clock, order.uid());
    }

    private void refuseMoved(TenantHold hold) {
        var now = hold.state().seq();
        if (begun >= 0 && begun != now) {
            throw SkeinException.failed(
                    hold.session().subject(),
                    "somebody else migrated it while it was being restored",
                    "Look at its history, and decide anew: skein history -i");
        }
        begun = now;
    }

    private static void refuseUnapproved(Order order, TenantHold hold) {
        var approved = order.heads();
        var heads = hold.state().heads();
        if (approved != null && !Set.copyOf(approved).equals(Set.copyOf(heads))) {
            throw UnapprovedPath.moved(hold.session().subject(), heads, approved);
        }
    }

    private String restoreHeld(
            Order order,
            TenantHold hold,
            DatabaseProperties like,
            Backup backup,
            Verified archive,
            BooleanSupplier stop) {
        var beside = new RestoredDatabase(client, order.maintenance(), order.uid());
        BooleanSupplier ends = () -> hold.lost().isPresent() || stop.getAsBoolean();
        try {
            beside.create(like);
            var there = order.address().withDatabase(beside.name());
            int major = hold.session().major();
            new ReadBack(client, archive.programs(), archive.file(), there, major, ends)
                    .run(backup.known().extensions());
            var found = RevivedDatabase.compare(client, backup, there, ends);
            give(order, like, beside.name());
            var replaced = replace(order, hold, backup, there, found);
            found.tell(order.address());
            return replaced;
        } catch (RuntimeException e) {
            beside.drop(e);
            throw hold.lost().<RuntimeException>map(hold::lockLost).orElse(e);
        }
    }

    private void give(Order order, DatabaseProperties like, String beside) {
        try (var session = PatientSessions.open(client, order.maintenance())) {
            like.give(beside).forEach(statement -> session.script(statement, RESTORE_TIMEOUT));
        }
    }

    private String replace(
            Order order,
            TenantHold hold,
            Backup backup,
            DatabaseAddress there,
            RevivedDatabase found) {
        var name = order.address().database();
        var stamp = STAMP.format(clock.instant()) + "_" + hold.identity().databaseOid();
        var note =
                new Note(
                        backup.sha256(),
                        backup.at().toString(),
                        stamp,
                        hold.state().seq() - backup.seq(),
                        found.extensions(),
                        found.comparison().uncompared(),
                        found.notDumped());
        var said = said(note, backup, found);
        TenantHold.revive(
                client, there, order.scope(), order.author(), clock, name, hold.state(), said);
        return new NameSwap(client, order.maintenance()).swap(name, there.database(), hold, stamp);
    }

    private static TenantHold.Revival said(Note note, Backup backup, RevivedDatabase found) {
        var likeness = backup.likeness();
        return new TenantHold.Revival(
                Json.text(note),
                backup.sha256(),
                found.isSure() ? null : found.comparison().doubt(),
                found.isSure() && likeness != null && likeness.isAsLeft());
    }
}
