// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.skein.engine.SkeinException;
import dev.skein.engine.event.BackupExtent;
import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.order.Limits;
import dev.skein.engine.execute.order.MigrationOrder;
import dev.skein.engine.execute.order.Outcome;
import dev.skein.engine.journal.Author;
import dev.skein.engine.postgres.SqlLiterals;
import dev.skein.engine.scratch.ScratchServer;
import dev.skein.engine.script.ScriptParser;
import dev.skein.engine.script.Scripts;
import dev.skein.engine.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackupTest extends BackupFixture {
    private void refused(Backup backup, String reason) {
        var before = rows();
        assertThatThrownBy(() -> restore(backup, 3))
                .isInstanceOf(SkeinException.class)
                .hasMessageContaining(reason);
        assertThat(before.changed(rows())).as("nothing was touched").isEmpty();
        assertThat(
                        database.value(
                                "SELECT count(*) FROM pg_database WHERE datname LIKE 'skein\\_r%'"))
                .isEqualTo("0");
    }

    @Test
    void aBackupIsTakenBeforeTheFirstStepAndSaysWhatItHolds() throws IOException {
        var backup = moved();

        assertThat(history().stream().map(e -> e.kind().wire()))
                .containsExactly(
                        "initialized",
                        "backed_up",
                        "applied",
                        "observed",
                        "backed_up",
                        "applied",
                        "observed");
        assertThat(history().get(4).checksum()).isEqualTo(backup.sha256());
        assertThat(history().get(4).outcome()).isEqualTo("full");
        assertThat(backup.tables()).containsExactly(new Backup.Table("public.users", 100, 100));
        assertThat(backup.heads()).containsExactly("a1");
        assertThat(backup.rollout()).isEqualTo("r2");
        assertThat(ArchiveFile.sha256(folder().verified(backup))).isEqualTo(backup.sha256());
        assertThat(Files.getPosixFilePermissions(place.resolve(backup.uid()))).hasSize(3);
    }

    @Test
    void nothingToDoNeedsNoBackup() {
        moved();
        upgrade("a2", "r3", 5, BackupExtent.FULL);

        assertThat(folder().of(history().getFirst().uid())).hasSize(2);
    }

    @Test
    void aSchemaBackupHoldsNoRows() {
        upgrade("a1", "r1", 1, BackupExtent.FULL);
        upgrade("a2", "r2", 2, BackupExtent.SCHEMA);
        var backup = folder().of(history().getFirst().uid()).getLast();

        assertThat(backup.extent()).isEqualTo(BackupExtent.SCHEMA);
        assertThat(backup.rows()).isZero();
        refused(backup, "it holds no rows");
    }

    @Test
    void theDatabaseIsThatOfTheMomentAgain() {
        upgrade("a1", "r1", 1, BackupExtent.FULL);
        var name = database.address().database();
        database.run(
                "INSERT INTO users SELECT i, 'n' || i FROM generate_series(1, 100) i; ALTER"
                        + " DATABASE %1$s SET search_path TO \"$user\", public; ALTER DATABASE %1$s SET"
                                .formatted(name)
                        + " work_mem = '5MB'; REVOKE CONNECT ON DATABASE %1$s FROM PUBLIC; GRANT"
                                .formatted(name)
                        + " CREATE ON DATABASE %1$s TO pg_monitor; COMMENT ON DATABASE %1$s IS 'it''s'; ALTER DATABASE %1$s CONNECTION LIMIT 42"
                                .formatted(name));
        var before = rows();
        var properties = properties();
        upgrade("a2", "r2", 2, BackupExtent.FULL);
        database.run("INSERT INTO users SELECT i FROM generate_series(101, 120) i");
        var backup = folder().of(history().getFirst().uid()).getLast();
        var long_ago = history();

        var replaced = restore(backup, 3);

        assertThat(before.changed(rows())).isEmpty();
        assertThat(rows().changed(before)).isEmpty();
        assertThat(properties()).isEqualTo(properties);
        var now = history();
        assertThat(now.getLast().kind().wire()).isEqualTo("restored");
        assertThat(now.getLast().incarnation()).isNotEqualTo(backup.incarnation());
        assertThat(now.getLast().seq()).isEqualTo(backup.seq() + 1);
        assertThat(now.getLast().uid()).isEqualTo(backup.uid());
        assertThat(now.getLast().heads()).containsExactly("a1");
        assertThat(now.subList(0, now.size() - 1))
                .isEqualTo(long_ago.subList(0, (int) backup.seq()));
        assertThat(replaced).startsWith("skein_replaced_");
        assertThat(
                        database.value(
                                "SELECT datallowconn FROM pg_database WHERE datname = "
                                        + SqlLiterals.text(replaced)))
                .isEqualTo("false");
        assertThat(restore(backup, 3)).as("said again, it is done").isEmpty();
        assertThat(history()).hasSize(now.size());
        assertThat(restore(backup, 4)).as("asked for anew, it is not done twice").isEmpty();
        assertThat(history().getLast().kind().wire()).isEqualTo("observed");
        assertThat(history().getLast().generation()).isEqualTo(4);
        assertThat(upgrade("a2", "r4", 5, BackupExtent.FULL)).isInstanceOf(Outcome.Done.class);
    }

    private String properties() {
        return database.value(
                "SELECT (SELECT string_agg(a::text, ' ' ORDER BY a::text) FROM unnest(datacl) a) ||"
                    + " datconnlimit || pg_get_userbyid(datdba) || shobj_description(oid,"
                    + " 'pg_database') || (SELECT string_agg(setconfig::text, ' ') FROM"
                    + " pg_db_role_setting WHERE setdatabase = oid) FROM pg_database WHERE datname"
                    + " = current_database()");
    }

    @Test
    void sessionsOfTheDatabaseAreEndedAndNewOnesFindTheRestoredOne() {
        var backup = moved();
        try (var session = database.open()) {
            session.query("SELECT 1");
            restore(backup, 3);
            assertThatThrownBy(() -> session.query("SELECT 1")).isInstanceOf(SkeinException.class);
        }
        assertThat(database.value("SELECT count(name) FROM users")).isEqualTo("100");
    }

    @Test
    void whatCannotBeReplacedStaysAsItIs() {
        var backup = moved();

        database.run("SELECT pg_create_logical_replication_slot('held', 'test_decoding')");
        refused(backup, "logical replication slots: held");
        database.run("SELECT pg_drop_replication_slot('held')");

        database.run("BEGIN; INSERT INTO users VALUES (999); PREPARE TRANSACTION 'two'");
        refused(backup, "prepared transactions: two");
        database.run("ROLLBACK PREPARED 'two'");
    }

    @Test
    void aDamagedOrForeignBackupIsRefused() throws IOException {
        var backup = moved();
        var archive = place.resolve(backup.uid()).resolve(backup.file());
        var bytes = Files.readAllBytes(archive);
        bytes[bytes.length / 2] ^= 1;
        Files.write(archive, bytes);
        refused(backup, "it is damaged");

        Files.delete(archive);
        refused(backup, "no longer there");

        Files.writeString(place.resolve(backup.uid()).resolve("0.dump.json"), "{\"uid\":");
        assertThat(folder().of(backup.uid())).as("a damaged description hides no other").hasSize(2);

        var foreign = folder().of(backup.uid()).getFirst();
        var theirs = database.create();
        var address = database.address();
        database.use(theirs);
        upgrade("a1", "r9", 1, BackupExtent.FULL);
        var here = place.resolve(history().getFirst().uid());
        for (var name : List.of(foreign.file(), foreign.file() + ".json")) {
            Files.copy(place.resolve(backup.uid()).resolve(name), here.resolve(name));
        }
        assertThatThrownBy(() -> restore(foreign, history().getFirst().uid(), 3))
                .hasMessageContaining("it is of another database: " + address.database());
    }

    @Test
    void whoOwnsItAndMayCreateDatabasesMayRestoreIt() {
        var name = database.address().database();
        var role = "migrates_" + name;
        database.run(
                "CREATE ROLE %1$s LOGIN CREATEDB PASSWORD 'x'; ALTER DATABASE %2$s OWNER TO %1$s; ALTER SCHEMA public OWNER TO %1$s"
                        .formatted(role, name));
        // Its own time-outs are for other work: this index takes longer to be analysed.
        database.run(
                "CREATE FUNCTION slow(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS 'BEGIN PERFORM"
                    + " pg_sleep(0.7); RETURN $1; END'; CREATE TABLE slow (id int); CREATE INDEX ON"
                    + " slow (slow(id)); INSERT INTO slow VALUES (1); ALTER TABLE slow OWNER TO "
                        + role
                        + "; ALTER FUNCTION slow(int) OWNER TO "
                        + role
                        + "; ALTER ROLE "
                        + role
                        + " SET statement_timeout = '500ms'");
        var superuser = database.address();
        database.as(role, "x");
        try {
            var backup = moved();
            assertThat(restore(backup, 3)).startsWith("skein_replaced_");
            assertThat(database.value("SELECT count(name) FROM users")).isEqualTo("100");
            assertThat(database.value("SELECT current_user")).isEqualTo(role);
        } finally {
            database.as(superuser);
            database.whenDropped("DROP ROLE " + role);
        }
    }

    /** Whoever made the objects, sessions are the login's, and what is in the way is ended. */
    @Test
    void whoseLoginIsAnotherRoleByDefaultMaySaveAndRestoreIt() {
        var name = database.address().database();
        var role = "login_" + name;
        var owner = role + "_owns";
        database.run(
                "CREATE ROLE %1$s LOGIN PASSWORD 'x'; CREATE ROLE %2$s CREATEDB; GRANT %2$s TO %1$s; ALTER DATABASE %3$s OWNER TO %2$s; ALTER SCHEMA public OWNER TO %2$s; ALTER ROLE %1$s SET role = %2$s"
                        .formatted(role, owner, name));
        database.whenDropped("DROP ROLE " + role + ", " + owner);
        var superuser = database.address();
        database.as(role, "x");
        try {
            upgrade("a1", "r1", 1, BackupExtent.FULL);
            database.run("INSERT INTO users VALUES (1, 'one')");
            var uid = history().getFirst().uid();
            var killed = "skein backup " + uid;
            try (var left = database.client().open(database.address(), killed, Map.of())) {
                left.script("BEGIN; LOCK TABLE users", Duration.ofMinutes(1));
                assertThat(upgrade("a2", "r2", 2, BackupExtent.FULL))
                        .isInstanceOf(Outcome.Done.class);
            }
            try (var connected = database.open()) {
                assertThat(restore(folder().of(uid).getLast(), 3)).startsWith("skein_replaced_");
                assertThatThrownBy(() -> connected.query("SELECT 1"))
                        .isInstanceOf(SkeinException.class);
            }
            assertThat(database.value("SELECT name FROM users")).isEqualTo("one");
            assertThat(database.value("SELECT tableowner FROM pg_tables WHERE tablename = 'users'"))
                    .isEqualTo(owner);
        } finally {
            database.as(superuser);
        }
    }

    @Test
    void aFullFolderLeavesNothingHalfAndMigratesNothing() throws IOException {
        upgrade("a1", "r1", 1, BackupExtent.FULL);
        var uid = history().getFirst().uid();
        var at = Instant.parse("2026-11-01T02:03:04.005Z");
        var part = place.resolve(uid).resolve("20261101T020304.005Z.dump.part");
        Files.createSymbolicLink(part, Path.of("/dev/full"));
        Files.writeString(place.resolve(uid).resolve("20261031T000000.000Z.dump.part"), "killed");

        var outcome = upgrade("a2", "r2", 2, BackupExtent.FULL, Clock.fixed(at, ZoneOffset.UTC));

        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        assertThat(((Outcome.Refused) outcome).reason()).hasMessageContaining("No space left");
        assertThat(history().getLast().heads()).containsExactly("a1");
        try (Stream<Path> files = Files.list(place.resolve(uid))) {
            assertThat(files).noneMatch(file -> file.toString().endsWith(".part"));
        }
    }

    private static final String OLD =
            "CREATE TABLE old (id int PRIMARY KEY, n int CHECK (n < 8)); INSERT INTO old SELECT i,"
                    + " i FROM generate_series(1, 7) i";

    private MigrationOrder alone(String script, long generation) {
        return new MigrationOrder(
                database.address(),
                scope(),
                Scripts.of(List.of(ScriptParser.parse("b1.sql", "--@ revision: b1\n" + script))),
                new Goal.Upgrade("b1"),
                new Author("ann", "r1", generation),
                Limits.DEFAULT);
    }

    private List<String> kinds() {
        return history().stream().map(e -> e.kind().wire()).toList();
    }

    /** Batches commit, and a first revision leaves no head before its end. */
    @Test
    void aRolloutThatGoesOnKeepsTheBackupFromBeforeItsFirstStep() {
        database.run(OLD);
        var script =
                "--@ batch: old by id, 2 rows\n"
                        + "--@ upgrade\n"
                        + "UPDATE old SET n = n + 1 WHERE id BETWEEN :from AND :to;";
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThat(run(alone(script, 1), BackupExtent.FULL, Clock.systemUTC()))
                    .isInstanceOf(attempt == 0 ? Outcome.Failed.class : Outcome.Answered.class);
        }
        assertThat(run(alone(script, 2), BackupExtent.FULL, Clock.systemUTC()))
                .isInstanceOf(Outcome.Failed.class);

        assertThat(kinds())
                .containsExactly("initialized", "backed_up", "intent", "failed", "failed");
        assertThat(database.value("SELECT sum(n) FROM old")).isEqualTo("34");
        assertThat(folder().of(history().getFirst().uid())).hasSize(1);
    }

    @Test
    void statementsThatEachHadTheirTransactionAreStepsToo() {
        database.run(OLD);
        var script =
                "--@ transaction: none\n--@ upgrade\nUPDATE old SET n = n - 1;\n"
                        + "UPDATE old SET n = n / 0;\nVACUUM old;";
        for (long generation = 1; generation <= 2; generation++) {
            assertThat(run(alone(script, generation), BackupExtent.FULL, Clock.systemUTC()))
                    .isInstanceOf(Outcome.Failed.class);
        }

        assertThat(kinds())
                .containsExactly("initialized", "backed_up", "outcome", "failed", "failed");
        assertThat(database.value("SELECT sum(n) FROM old")).isEqualTo("21");
        var backups = folder().of(history().getFirst().uid());
        assertThat(backups).hasSize(1);
        restore(backups.getFirst(), 3);
        assertThat(database.value("SELECT sum(n) FROM old")).isEqualTo("28");
    }

    @Test
    void programsOfAnotherVersionAreRefusedWithThePackageToInstall() {
        int own = TestServer.get().programs().major();
        assertThat(DumpPrograms.dumping(own, "here").major()).isEqualTo(own);
        assertThatThrownBy(() -> DumpPrograms.dumping(own - 1, "Database x"))
                .hasMessageContaining(
                        "there is no pg_dump and pg_restore for PostgreSQL " + (own - 1))
                .hasMessageContaining("but for ")
                .hasMessageContaining("Install postgresql-client-" + (own - 1));
        assertThat(DumpPrograms.restoring(own, own + 1).major()).isEqualTo(own);
        assertThatThrownBy(() -> DumpPrograms.restoring(own + 9, own))
                .hasMessageContaining("Install postgresql-client-" + (own + 9));
    }

    @Test
    void whatWouldBeLostIsCounted() {
        var backup = moved();
        database.run("CREATE TABLE \"Odd\" (\"x y\" int); INSERT INTO \"Odd\" VALUES (1), (NULL)");
        try (var session = database.open()) {
            assertThat(
                            RollbackLosses.dropped(
                                    session,
                                    List.of(
                                            "public.users",
                                            "public.\"Odd\".\"x y\"",
                                            "public.gone")))
                    .containsExactly(
                            new RollbackLosses.Loss("public.users", 120, true),
                            new RollbackLosses.Loss("public.\"Odd\".\"x y\"", 1, true));
            await().atMost(Duration.ofMinutes(2))
                    .untilAsserted(() ->
                            assertThat(RollbackLosses.since(session, backup))
                                    .containsExactly(
                                            new RollbackLosses.Loss("public.\"Odd\"", 2, false),
                                            new RollbackLosses.Loss("public.users", 20, false)));
        }
    }

    @Test
    void aTrialRestoresItOnScratchAndFindsADifference() {
        database.run("CREATE TABLE notes (id int); INSERT INTO notes VALUES (1), (2)");
        var backup = moved();
        try (var server = ScratchServer.start(database.client(), TestServer.get().programs())) {
            assertThat(RestoreTrial.run(server, folder(), backup)).isEmpty();
            var tables = List.of(new Backup.Table("public.notes", 3, 0), backup.tables().getLast());
            assertThat(RestoreTrial.run(server, folder(), with(backup, tables)))
                    .containsExactly("public.notes has 2 rows and had 3");
        }
    }

    private static Backup with(Backup b, List<Backup.Table> tables) {
        return new Backup(
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
                b.fingerprint(),
                b.shape(),
                tables,
                b.rows(),
                b.millis(),
                b.likeness(),
                b.needs());
    }
}
