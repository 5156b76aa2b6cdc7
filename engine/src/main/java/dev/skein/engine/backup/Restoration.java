// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup;

import dev.skein.engine.Json;
import dev.skein.engine.SkeinException;
import dev.skein.engine.event.BackupExtent;
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
    private static final Duration RESTORE_TIMEOUT = Duration.ofHours(12);
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

    /** What was restored, as far as it is not what was saved. */
    private record Revived(List<String> extensions, RestoredComparison comparison) {
        boolean isSure() {
            return comparison.uncompared().isEmpty();
        }
    }

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
            var backup = backup(order);
            RestorePreflight.check(hold.session());
            refuseOlder(hold, backup);
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
            return held(order, hold, like, backup, archive, stop);
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

    private String held(
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
            new ReadBack(
                            client,
                            archive.programs(),
                            archive.file(),
                            there,
                            hold.session().major(),
                            ends)
                    .run(backup.known().extensions());
            var found = compare(backup, there, ends);
            give(order, like, beside.name());
            var replaced = replace(order, hold, backup, there, found);
            tell(order, backup, found);
            return replaced;
        } catch (RuntimeException e) {
            beside.drop(e);
            throw hold.lost().<RuntimeException>map(hold::lockLost).orElse(e);
        }
    }

    private Backup backup(Order order) {
        var backup =
                folder.find(order.uid(), order.sha256())
                        .orElseThrow(() ->
                                SkeinException.failed(
                                        "Backup " + order.sha256(),
                                        "it is not in this site's folder, or is another database's",
                                        "See which there are: skein backup list"));
        if (!backup.uid().equals(order.uid())) {
            throw SkeinException.failed(
                    "Backup " + backup.file(),
                    "it is of another database: " + backup.database(),
                    "Choose one of this database");
        }
        if (backup.extent() != BackupExtent.FULL) {
            throw SkeinException.failed(
                    "Backup " + backup.file(), "it holds no rows", "Choose a full one");
        }
        return backup;
    }

    private static void refuseOlder(TenantHold hold, Backup backup) {
        if (hold.session().major() < backup.serverMajor()) {
            throw SkeinException.failed(
                    "Backup " + backup.file(),
                    "it is from PostgreSQL %d, the server is %d"
                            .formatted(backup.serverMajor(), hold.session().major()),
                    "Restore it by hand on a newer server");
        }
    }

    /** Holds the restored database against what was noted when the backup was taken. */
    private Revived compare(Backup backup, DatabaseAddress there, BooleanSupplier stop) {
        try (var session = PatientSessions.open(client, there)) {
            var compared = RestoreJudge.of(backup, session, false, RESTORE_TIMEOUT, stop);
            if (!compared.wrong().isEmpty()) {
                throw SkeinException.failed(
                        "Backup " + backup.file(),
                        "restored, it is not what was saved: "
                                + String.join(", ", compared.wrong()),
                        "Choose another: skein backup list");
            }
            session.script("ANALYZE", RESTORE_TIMEOUT, stop);
            var others = ExtensionVersions.others(session, backup.known().extensions());
            return new Revived(others, compared);
        }
    }

    private void give(Order order, DatabaseProperties like, String beside) {
        try (var session = PatientSessions.open(client, order.maintenance())) {
            like.give(beside).forEach(statement -> session.script(statement, RESTORE_TIMEOUT));
        }
    }

    private String replace(
            Order order, TenantHold hold, Backup backup, DatabaseAddress there, Revived found) {
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
                        notDumped(backup));
        var likeness = backup.likeness();
        var said =
                new TenantHold.Revival(
                        Json.text(note),
                        backup.sha256(),
                        found.isSure() ? null : found.comparison().doubt(),
                        found.isSure() && likeness != null && likeness.isAsLeft());
        TenantHold.revive(
                client, there, order.scope(), order.author(), clock, name, hold.state(), said);
        return new NameSwap(client, order.maintenance()).swap(name, there.database(), hold, stamp);
    }

    private static List<String> notDumped(Backup backup) {
        var likeness = backup.likeness();
        return likeness == null ? List.of() : likeness.notDumped();
    }

    /** What whoever restored it should know. */
    private static void tell(Order order, Backup backup, Revived found) {
        var log = System.getLogger(Restoration.class.getName());
        if (!notDumped(backup).isEmpty()) {
            log.log(
                    System.Logger.Level.WARNING,
                    "{0} is restored without what no dump brings back: {1}",
                    order.address(),
                    String.join("; ", notDumped(backup)));
        }
        if (!found.extensions().isEmpty()) {
            log.log(
                    System.Logger.Level.WARNING,
                    "{0} is restored with other versions of extensions, since the server"
                            + " does not have those that it had: {1}",
                    order.address(),
                    String.join("; ", found.extensions()));
        }
        if (!found.isSure()) {
            log.log(
                    System.Logger.Level.WARNING,
                    "{0} is restored, {1}",
                    order.address(),
                    found.comparison().doubt());
        }
    }
}
