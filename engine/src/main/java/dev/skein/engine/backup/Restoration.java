// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup;

import dev.skein.engine.Json;
import dev.skein.engine.SkeinException;
import dev.skein.engine.execute.Hold;
import dev.skein.engine.execute.Scope;
import dev.skein.engine.journal.Author;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Puts a database back to the moment of a backup: restores it beside, compares it with what was
 * noted then, lets its journal go on, and only then gives it the name. Cut off at any moment, the
 * database is the one or the other, whole; what was restored beside is dropped by the next attempt.
 */
public final class Restoration {
    private static final Duration BOUND = Duration.ofHours(12);
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
     */
    public record Order(
            DatabaseAddress address,
            DatabaseAddress maintenance,
            Scope scope,
            String uid,
            String sha256,
            Author author) {}

    /**
     * What the journal says of it.
     *
     * @param extensions those that have another version than in the backup, in words
     */
    record Note(
            String backup,
            String takenAt,
            String replaced,
            long lostEntries,
            List<String> extensions) {}

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
        try (var hold = Hold.of(client, order.address(), order.scope(), order.author(), clock)) {
            var past = new PastRestore(order, hold);
            if (past.isDone()) {
                past.answer();
                return "";
            }
            refuseMoved(hold);
            var backup = backup(order);
            Preflight.check(hold.session());
            Preflight.check(hold.session(), backup.known());
            refuseOlder(hold, backup);
            DumpPrograms.restoring(backup.programMajor(), hold.session().major());
            var like = Properties.of(hold.session());
            Preflight.check(hold.session(), like, order.address().database());
            last.run();
            return held(order, hold, like, backup, stop);
        }
    }

    private void refuseMoved(Hold hold) {
        var now = hold.state().seq();
        if (begun >= 0 && begun != now) {
            throw SkeinException.failed(
                    hold.session().subject(),
                    "somebody else migrated it while it was being restored",
                    "Look at its history, and decide anew: skein history -i");
        }
        begun = now;
    }

    private String held(
            Order order, Hold hold, Properties like, Backup backup, BooleanSupplier stop) {
        var archive = folder.verified(backup);
        var beside = new Beside(client, order.maintenance(), order.uid());
        try {
            beside.create(like);
            var there = order.address().withDatabase(beside.name());
            int major = hold.session().major();
            new ReadBack(
                            client,
                            DumpPrograms.restoring(backup.programMajor(), major),
                            archive,
                            there,
                            major,
                            () -> hold.lost().isPresent() || stop.getAsBoolean())
                    .run(backup.known().extensions());
            var others = compare(backup, there);
            give(order, like, beside.name());
            return replace(order, hold, backup, there, others);
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
        if (backup.extent() != Extent.FULL) {
            throw SkeinException.failed(
                    "Backup " + backup.file(), "it holds no rows", "Choose a full one");
        }
        return backup;
    }

    private static void refuseOlder(Hold hold, Backup backup) {
        if (hold.session().major() < backup.serverMajor()) {
            throw SkeinException.failed(
                    "Backup " + backup.file(),
                    "it is from PostgreSQL %d, the server is %d"
                            .formatted(backup.serverMajor(), hold.session().major()),
                    "Restore it by hand on a newer server");
        }
    }

    /**
     * Holds the restored database against what was noted when the backup was taken.
     *
     * @return the extensions that have another version now, in words
     */
    private List<String> compare(Backup backup, DatabaseAddress there) {
        try (var session = Patient.open(client, there)) {
            var wrong = Judge.wrong(backup, session, false, BOUND);
            if (!wrong.isEmpty()) {
                throw SkeinException.failed(
                        "Backup " + backup.file(),
                        "restored, it is not what was saved: " + String.join(", ", wrong),
                        "Choose another: skein backup list");
            }
            session.script("ANALYZE", BOUND);
            return Extensions.others(session, backup.known().extensions());
        }
    }

    private void give(Order order, Properties like, String beside) {
        try (var session = Patient.open(client, order.maintenance())) {
            like.give(beside).forEach(statement -> session.script(statement, BOUND));
        }
    }

    private String replace(
            Order order, Hold hold, Backup backup, DatabaseAddress there, List<String> others) {
        var name = order.address().database();
        var stamp = STAMP.format(clock.instant()) + "_" + hold.identity().databaseOid();
        var note =
                new Note(
                        backup.sha256(),
                        backup.at().toString(),
                        stamp,
                        hold.state().seq() - backup.seq(),
                        others);
        Hold.revive(
                client,
                there,
                order.scope(),
                order.author(),
                clock,
                name,
                hold.state(),
                Json.text(note),
                backup.sha256(),
                backup.likeness() != null && backup.likeness().isAsLeft());
        var swapped =
                new NameSwap(client, order.maintenance()).swap(name, there.database(), hold, stamp);
        if (!others.isEmpty()) {
            System.getLogger(Restoration.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "{0} is restored with other versions of extensions, since the server"
                                    + " does not have those that it had: {1}",
                            order.address(),
                            String.join("; ", others));
        }
        return swapped;
    }
}
