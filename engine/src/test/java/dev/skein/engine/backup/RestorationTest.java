// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.engine.catalog.CatalogReader;
import dev.skein.engine.execute.Outcome;
import dev.skein.engine.execute.Unapproved;
import dev.skein.engine.journal.Entry;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.postgres.Unreachable;
import dev.skein.engine.scratch.ScratchServer;
import dev.skein.engine.testing.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who restores holds the database to the end, and does it once. */
class RestorationTest extends BackupFixture {
    private static final String BESIDE =
            "SELECT count(*) FROM pg_database WHERE datname LIKE 'skein\\_r%'";

    private static final String ANALYZING =
            "SELECT count(*) FROM pg_stat_activity WHERE query = 'ANALYZE' AND wait_event ="
                    + " 'PgSleep' AND datname LIKE 'skein\\_r%'";

    private static final Duration SOON = Duration.ofMinutes(1);

    /** Does something once, while the backup is being read back. */
    private static BooleanSupplier meanwhile(Runnable once) {
        var done = new AtomicBoolean();
        return () -> {
            if (done.compareAndSet(false, true)) {
                once.run();
            }
            return false;
        };
    }

    /** Reading it back takes a moment. */
    private Backup slow() {
        database.run(
                "CREATE FUNCTION slow(int) RETURNS boolean LANGUAGE plpgsql AS 'BEGIN PERFORM"
                        + " pg_sleep(0.5); RETURN true; END'; CREATE TABLE slow (id int CHECK"
                        + " (slow(id))); INSERT INTO slow VALUES (1)");
        return moved();
    }

    private void migrated(long generation) {
        assertThat(upgrade("a3", "r3", generation, Extent.SCHEMA)).isInstanceOf(Outcome.Done.class);
    }

    private void theirsStands() {
        assertThat(history().getLast().heads()).containsExactly("a3");
        assertThat(database.value("SELECT count(*) FROM later")).isEqualTo("0");
        assertThat(database.value(BESIDE)).as("left behind").isEqualTo("0");
    }

    @Test
    void whoLostTheLockReplacesNothing() {
        var backup = slow();
        var order = order(backup, backup.uid(), 3);
        var restoration = restoration();

        assertThatThrownBy(() ->
                        restore(
                                restoration,
                                order,
                                () -> {},
                                meanwhile(() -> {
                                    endHolder();
                                    migrated(3);
                                })))
                .isInstanceOf(Unreachable.class)
                .hasMessageContaining("its lock was lost");
        theirsStands();
        assertThatThrownBy(() -> restore(restoration, order, () -> {}, () -> false))
                .hasMessageContaining("somebody else migrated it while it was being restored");
        theirsStands();
    }

    @Test
    void whoLostTheLockToNobodyTriesAgain() {
        var backup = slow();
        var order = order(backup, backup.uid(), 3);
        var restoration = restoration();

        assertThatThrownBy(() -> restore(restoration, order, () -> {}, meanwhile(this::endHolder)))
                .isInstanceOf(Unreachable.class);
        assertThat(restore(restoration, order, () -> {}, () -> false)).isNotEmpty();
        assertThat(history().getLast().heads()).containsExactly("a1");
    }

    /** Looking at its values, once it is restored, takes for ever. */
    private Backup slowToAnalyze() {
        database.run(
                "CREATE FUNCTION slow(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS 'BEGIN IF"
                        + " current_query() = ''ANALYZE'' THEN PERFORM pg_sleep(300); END IF;"
                        + " RETURN $1; END'; CREATE TABLE slow (id int); INSERT INTO slow VALUES"
                        + " (1); CREATE INDEX slow_id ON slow (slow(id))");
        return moved();
    }

    private boolean isAnalyzing() {
        return database.value(ANALYZING).equals("1");
    }

    private void isAsBefore() {
        await().atMost(SOON).until(() -> !isAnalyzing());
        assertThat(history().getLast().heads()).containsExactly("a2");
        assertThat(database.value("SELECT count(*) FROM users")).isEqualTo("120");
        assertThat(database.value(BESIDE)).as("left behind").isEqualTo("0");
    }

    @Test
    void whoIsAskedToStopLooksAtNothingRestoredAnyMore() {
        var backup = slowToAnalyze();
        var order = order(backup, backup.uid(), 3);

        assertThatThrownBy(() -> restore(restoration(), order, () -> {}, this::isAnalyzing))
                .isInstanceOfSatisfying(
                        SkeinException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERRUPTED));
        isAsBefore();
    }

    @Test
    void whoLosesTheLockLooksAtNothingRestoredAnyMore() throws Exception {
        var backup = slowToAnalyze();
        var order = order(backup, backup.uid(), 3);
        try (var runs = Executors.newVirtualThreadPerTaskExecutor()) {
            var run = runs.submit(() -> restore(restoration(), order, () -> {}, () -> false));
            await().atMost(SOON).until(this::isAnalyzing);
            endHolder();
            assertThatThrownBy(() -> run.get(SOON.toSeconds(), TimeUnit.SECONDS))
                    .hasMessageContaining("its lock was lost before it was replaced");
            isAsBefore();
        }
    }

    @Test
    void whoWasFencedOutReplacesNothing() {
        var backup = slow();
        var order = order(backup, backup.uid(), 3);

        assertThatThrownBy(
                        () -> restore(restoration(), order, () -> {}, meanwhile(() -> migrated(4))))
                .isInstanceOf(Unreachable.class);
        theirsStands();
        assertThatThrownBy(() -> restore(backup, 3)).hasMessageContaining("later directive");
        assertThat(accepted()).isEqualTo("4");
    }

    /** The lock is held, but the journal is no longer where it was taken over. */
    @Test
    void whatTheJournalSaysIsAskedBeforeTheNameIsGiven() {
        var backup = moved();

        assertThatThrownBy(() ->
                        restore(
                                restoration(),
                                order(backup, backup.uid(), 3),
                                () -> database.run("UPDATE skein.state SET epoch = epoch + 1"),
                                () -> false))
                .hasMessageContaining("another holder took over");
        assertThat(history().getLast().heads()).containsExactly("a2");
        assertThat(database.value(BESIDE)).isEqualTo("0");
    }

    /** Whose backup it is was saved elsewhere: what has taken its name stays as it is. */
    @Test
    void anotherDatabaseAtItsAddressIsLeftAlone() {
        var backup = moved();
        database.use(database.create());
        assertThatThrownBy(() -> restore(backup, 3))
                .hasMessageContaining(backup.uid() + " is meant");
        assertThat(database.value("SELECT to_regnamespace('skein') IS NULL")).isEqualTo("true");

        assertThat(upgrade("a2", "r9", 1, Extent.SCHEMA)).isInstanceOf(Outcome.Done.class);
        var before = database.value("SELECT s::text FROM skein.state s");
        assertThatThrownBy(() -> restore(backup, 3))
                .hasMessageContaining(backup.uid() + " is meant");
        assertThat(database.value("SELECT s::text FROM skein.state s")).isEqualTo(before);
        assertThat(database.value(BESIDE)).isEqualTo("0");
    }

    private String accepted() {
        return database.value("SELECT accepted FROM skein.state");
    }

    @Test
    void whatADumpBringsBackOtherwiseIsNoDifference() {
        database.run(
                "DROP SCHEMA public; CREATE SCHEMA app; ALTER DATABASE %s SET search_path = app"
                        .formatted(database.address().database()));
        database.run(
                "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE u (id int REFERENCES p);"
                        + " ALTER TABLE u DISABLE TRIGGER ALL");
        database.run(
                "CREATE EXTENSION hstore VERSION '1.6'; CREATE TABLE twice AS SELECT 1 AS id FROM"
                        + " generate_series(1, 2)");
        assertThatThrownBy(() ->
                        database.run("CREATE UNIQUE INDEX CONCURRENTLY twice_id ON twice (id)"))
                .hasMessageContaining("could not create unique index");
        var backup = moved();

        try (var server = ScratchServer.start(database.client(), TestServer.get().programs())) {
            assertThat(Trial.run(server, folder(), backup)).isEmpty();
        }
        assertThat(restore(backup, 3)).isNotEmpty();
        assertThat(database.value("SELECT to_regnamespace('public') IS NULL")).isEqualTo("true");
        assertThat(
                        database.value(
                                "SELECT string_agg(convert_from(body, 'UTF8'), '') FROM skein.entry"
                                        + " WHERE convert_from(body, 'UTF8') LIKE '%notDumped%'"))
                .contains("index app.twice_id, which is invalid")
                .contains("constraint trigger app.u")
                .contains(" disabled");
        assertThat(upgrade("a2", "r4", 5, Extent.SCHEMA))
                .as("nobody has changed it by hand")
                .isInstanceOf(Outcome.Done.class);
    }

    /** Tables of every schema are counted before, where the default is in force, and afterwards. */
    @Test
    void itIsComparedAlikeWhateverLiteralsMeanThere() {
        database.run(
                "CREATE SCHEMA pgboss; CREATE TABLE pgboss.job AS SELECT 'a' AS path FROM"
                        + " generate_series(1, 3); ALTER DATABASE %s SET"
                                .formatted(database.address().database())
                        + " standard_conforming_strings = off");
        var backup = moved();
        assertThat(backup.tables()).extracting(Backup.Table::name).contains("pgboss.job");
        try (var server = ScratchServer.start(database.client(), TestServer.get().programs())) {
            assertThat(Trial.run(server, folder(), backup)).isEmpty();
        }
        assertThat(restore(backup, 3)).isNotEmpty();
        assertThat(
                        database.value(
                                "SELECT setconfig::text FROM pg_db_role_setting JOIN pg_database d"
                                        + " ON d.oid = setdatabase WHERE datname ="
                                        + " current_database()"))
                .contains("standard_conforming_strings=off");
    }

    @ParameterizedTest
    @ValueSource(strings = {"LATIN1", "SQL_ASCII"})
    void aDatabaseWithAnotherEncodingIsRestoredInIt(String encoding) {
        var name = database.address().database() + "_other";
        database.run(
                "CREATE DATABASE %s ENCODING '%s' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"
                        .formatted(name, encoding));
        database.adopt(name);
        database.use(name);
        database.run(
                "CREATE TABLE \"café\" (id int PRIMARY KEY, name text DEFAULT 'Zoë'); INSERT INTO"
                        + " \"café\" VALUES (1); COMMENT ON TABLE \"café\" IS 'für alle'");
        var backup = moved();
        assertThat(backup.tables()).extracting(Backup.Table::name).contains("public.\"café\"");

        try (var server = ScratchServer.start(database.client(), TestServer.get().programs())) {
            assertThat(Trial.run(server, folder(), backup)).isEmpty();
        }
        database.run("UPDATE \"café\" SET name = 'other'");
        assertThat(restore(backup, 3)).isNotEmpty();
        assertThat(database.value("SHOW server_encoding")).isEqualTo(encoding);
        assertThat(database.value("SELECT name FROM \"café\"")).isEqualTo("Zoë");
        try (var session = database.open()) {
            assertThat(new Journal(session, "").after(0, 100)).allMatch(Entry::isIntact);
        }
        assertThat(upgrade("a2", "r4", 5, Extent.SCHEMA)).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void whatADumpBringsBackIsCompared() {
        database.run("CREATE TABLE t (id int)");
        var plain = likeness();
        database.run("COMMENT ON TABLE t IS 'x'");
        var commented = likeness();
        assertThat(commented.copy()).isEqualTo(plain.copy());
        assertThat(commented.whole()).isNotEqualTo(plain.whole());
        database.run("CREATE INDEX i ON t (id)");
        assertThat(likeness().copy()).isNotEqualTo(plain.copy());
    }

    private Likeness likeness() {
        try (var session = database.open()) {
            return Likeness.of(CatalogReader.readNamed(session), false);
        }
    }

    /** Names of logins are changed, and a person may restore what an agent has saved. */
    private String another() {
        var role = "restorer_" + database.address().database();
        database.run("CREATE ROLE " + role + " SUPERUSER LOGIN PASSWORD 'x'");
        database.whenDropped("DROP ROLE " + role);
        database.run(
                "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO pg_monitor; ALTER DEFAULT"
                        + " PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO pg_monitor;"
                        + " ALTER DEFAULT PRIVILEGES FOR ROLE "
                        + role
                        + " REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC");
        return role;
    }

    @Test
    void whatOneRoleSavedAnotherRestores() {
        var role = another();
        var backup = moved();
        var superuser = database.address();
        database.as(role, "x");
        try {
            assertThat(restore(backup, 3)).isNotEmpty();
        } finally {
            database.as(superuser);
        }
        assertThat(database.value("SELECT count(*) FROM pg_default_acl")).isEqualTo("3");
    }

    @Test
    void norMattersWhoReadsWhatAnEarlierVersionNoted() throws IOException {
        var role = another();
        assertThat(upgrade("a1", "r1", 1, Extent.FULL)).isInstanceOf(Outcome.Done.class);
        Likeness noted;
        try (var session = database.open()) {
            noted = Likeness.of(CatalogReader.read(session), false);
        }
        assertThat(upgrade("a2", "r2", 2, Extent.FULL)).isInstanceOf(Outcome.Done.class);
        var b = folder().of(history().getFirst().uid()).getLast();
        assertThat(noted.whole()).isNotEqualTo(Objects.requireNonNull(b.likeness()).whole());
        var older = described(b, b.fingerprint(), b.shape(), noted, b.needs());
        var superuser = database.address();
        database.as(role, "x");
        try {
            assertThat(restore(older, 3)).isNotEmpty();
            database.run("ALTER DEFAULT PRIVILEGES GRANT INSERT ON TABLES TO pg_monitor");
        } finally {
            database.as(superuser);
        }
        try (var session = database.open()) {
            assertThat(Likeness.wholes(CatalogReader.readNamed(session)))
                    .doesNotContain(noted.whole());
        }
    }

    @Test
    void itIsDoneOnceHoweverOftenItIsAskedForAndWhoeverWroteSince() {
        var backup = moved();
        assertThat(restore(backup, 3)).isNotEmpty();
        var print = database.value("SELECT fingerprint FROM skein.state");
        database.run("INSERT INTO users VALUES (500, 'new'); CREATE TABLE by_hand (id int)");

        assertThat(restore(backup, 4)).isEmpty();
        assertThat(restore(backup, 4)).isEmpty();
        assertThat(history().getLast().generation()).isEqualTo(4);
        assertThat(history().stream().filter(e -> e.kind().wire().equals("observed")))
                .as("one word for each who asks")
                .hasSize(2);
        assertThat(database.value("SELECT fingerprint FROM skein.state"))
                .as("what was made by hand is not what must be")
                .isEqualTo(print);

        database.run("DROP TABLE by_hand");
        assertThat(upgrade("a2", "r4", 5, Extent.SCHEMA)).isInstanceOf(Outcome.Done.class);
        assertThat(restore(backup, 6)).isEmpty();
        assertThat(history().getLast().heads()).containsExactly("a2");
        assertThat(database.value("SELECT count(*) FROM users")).isEqualTo("101");
    }

    /** All that somebody did since the plan would be undone, too, and nobody approved that. */
    @Test
    void whoIsElsewhereThanWhenItWasApprovedIsNotRestored() {
        var backup = moved();
        var order = order(backup, backup.uid(), 4).withHeads(List.of("a2"));
        migrated(3);
        assertThatThrownBy(() -> restore(restoration(), order, () -> {}, () -> false))
                .isInstanceOf(Unapproved.class)
                .hasMessageContaining("it is at a3 by now")
                .hasMessageContaining("restore it from a2");
        theirsStands();
        var found = order.withHeads(List.of("a3"));
        assertThat(restore(restoration(), found, () -> {}, () -> false)).isNotEmpty();
        assertThat(restore(restoration(), found, () -> {}, () -> false))
                .as("done before, from where it was then")
                .isEmpty();
    }
}
