// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skein.engine.Json;
import dev.skein.engine.event.BackupExtent;
import dev.skein.engine.execute.Migrator;
import dev.skein.engine.execute.order.Brake;
import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.order.Limits;
import dev.skein.engine.execute.order.MigrationOrder;
import dev.skein.engine.execute.order.Outcome;
import dev.skein.engine.execute.order.Progress;
import dev.skein.engine.execute.order.Scope;
import dev.skein.engine.journal.Author;
import dev.skein.engine.journal.Envelope;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.sample.RowDigest;
import dev.skein.engine.script.ScriptParser;
import dev.skein.engine.script.Scripts;
import dev.skein.engine.testing.TestDatabase;
import dev.skein.engine.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A database with two revisions, or three, that are applied with backups before them. */
abstract class BackupFixture {
    static final String SITE = "eu/main";
    static final String FIRST =
            "--@ revision: a1\n--@ upgrade\nCREATE TABLE users (id int PRIMARY KEY, name text);"
                    + "\n--@ downgrade\nDROP TABLE users;";
    static final String SECOND =
            "--@ revision: a2\n--@ revises: a1\n--@ upgrade\nALTER TABLE users DROP COLUMN name;"
                    + "\n--@ downgrade: irreversible \"names are gone\"";

    static final String THIRD =
            "--@ revision: a3\n--@ revises: a2\n--@ upgrade\nCREATE TABLE later (id int);\n--@"
                    + " downgrade\nDROP TABLE later;";

    @RegisterExtension final TestDatabase database = new TestDatabase();
    @TempDir Path place;

    @BeforeAll
    static void needsPrograms() {
        int major = TestServer.get().programs().major();
        assumeTrue(
                DumpPrograms.fitting(major).isPresent(),
                "there is no pg_dump for PostgreSQL " + major + " on this machine");
    }

    final BackupFolder folder() {
        return new BackupFolder(place);
    }

    final Scope scope() {
        return Scope.at(SITE);
    }

    static Scripts scripts() {
        return Scripts.of(
                List.of(
                        ScriptParser.parse("a1.sql", FIRST),
                        ScriptParser.parse("a2.sql", SECOND),
                        ScriptParser.parse("a3.sql", THIRD)));
    }

    final Outcome upgrade(String target, String rollout, long generation, BackupExtent extent) {
        return upgrade(target, rollout, generation, extent, Clock.systemUTC());
    }

    final Outcome upgrade(
            String target, String rollout, long generation, BackupExtent extent, Clock clock) {
        return run(order(target, rollout, generation), extent, clock);
    }

    final MigrationOrder order(String target, String rollout, long generation) {
        return new MigrationOrder(
                database.address(),
                scope(),
                scripts(),
                new Goal.Upgrade(target),
                new Author("ann", rollout, generation),
                Limits.DEFAULT);
    }

    /** Runs an order with a backup before its first step. */
    final Outcome run(MigrationOrder order, BackupExtent extent, Clock clock) {
        return run(order, extent, new Dump(database.client(), folder(), clock));
    }

    final Outcome run(MigrationOrder order, BackupExtent extent, Dump dump) {
        return run(order, extent, dump, Brake.OFF);
    }

    final Outcome run(MigrationOrder order, BackupExtent extent, Dump dump, Brake brake) {
        var safeguard =
                new BackupSafeguard(
                        dump,
                        database.address(),
                        extent,
                        String.valueOf(order.author().rollout()),
                        brake);
        return new Migrator(database.client(), Clock.systemUTC())
                .run(order, brake, Progress.NONE, safeguard);
    }

    /** Ends the session that has the lock. */
    final void endHolder() {
        database.run(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND"
                        + " database = (SELECT oid FROM pg_database WHERE datname ="
                        + " current_database())");
    }

    final List<Envelope> history() {
        try (var session = database.open()) {
            return new Journal(session, "").envelopes();
        }
    }

    final RowDigest rows() {
        try (var session = database.open()) {
            return RowDigest.of(session);
        }
    }

    /** A database at a1 with rows, then at a2 with a backup from between, then changed. */
    final Backup moved() {
        assertThat(upgrade("a1", "r1", 1, BackupExtent.FULL)).isInstanceOf(Outcome.Done.class);
        database.run("INSERT INTO users SELECT i, 'n' || i FROM generate_series(1, 100) i");
        assertThat(upgrade("a2", "r2", 2, BackupExtent.FULL)).isInstanceOf(Outcome.Done.class);
        database.run("INSERT INTO users SELECT i FROM generate_series(101, 120) i");
        return folder().of(history().getFirst().uid()).getLast();
    }

    final String restore(Backup backup, long generation) {
        return restore(backup, backup.uid(), generation);
    }

    final String restore(Backup backup, String uid, long generation) {
        return restore(restoration(), order(backup, uid, generation), () -> {}, () -> false);
    }

    final Restoration restoration() {
        return new Restoration(database.client(), folder(), Clock.systemUTC());
    }

    final Restoration.Order order(Backup backup, String uid, long generation) {
        return new Restoration.Order(
                database.address(),
                database.address("postgres"),
                scope(),
                uid,
                backup.sha256(),
                new Author("olga", "r2-rollback", generation));
    }

    final String restore(
            Restoration restoration, Restoration.Order order, Runnable last, BooleanSupplier stop) {
        var replaced = restoration.run(order, last, stop);
        if (!replaced.isEmpty()) {
            database.adopt(replaced);
        }
        return replaced;
    }

    /** A backup whose description is replaced, as an earlier version would have written it. */
    final Backup described(
            Backup b,
            String fingerprint,
            String shape,
            @Nullable CatalogLikeness likeness,
            @Nullable RestoreNeeds needs)
            throws IOException {
        var written =
                new Backup(
                        b.uid(),
                        b.database(),
                        b.rollout(),
                        b.extent(),
                        b.incarnation(),
                        b.seq(),
                        b.heads(),
                        b.at(),
                        b.serverMajor(),
                        b.programMajor(),
                        b.file(),
                        b.bytes(),
                        b.sha256(),
                        fingerprint,
                        shape,
                        b.tables(),
                        b.rows(),
                        b.millis(),
                        likeness,
                        needs);
        Files.write(place.resolve(b.uid()).resolve(b.file() + ".json"), Json.bytes(written));
        return written;
    }
}
