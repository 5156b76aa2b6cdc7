// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.discover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.engine.ClassResources;
import dev.skein.engine.embed.Migrations;
import dev.skein.engine.journal.DatabaseIdentity;
import dev.skein.engine.journal.JournalSql;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.testing.SilentProxy;
import dev.skein.engine.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseLookTest {
    @RegisterExtension final TestDatabase database = new TestDatabase();
    private final SchemaScans scans =
            new SchemaScans((print, catalog, failed) -> {}, new SimpleMeterRegistry());

    @BeforeEach
    void tables() {
        database.run("CREATE TABLE t (id int); CREATE VIEW v AS SELECT id FROM t");
    }

    private ServerDatabase place() {
        return new ServerDatabase(
                "main",
                database.address().database(),
                Long.parseLong(
                        database.value(
                                "SELECT oid::bigint FROM pg_database"
                                        + " WHERE datname = current_database()")),
                "7",
                15,
                1,
                database.address(),
                Map.of(),
                4,
                "eu/main");
    }

    @Test
    void aLookBehindALockedTableEndsSoonAndIsNoProblemOfTheDatabase() {
        try (var migration = database.open()) {
            migration.script("BEGIN; LOCK TABLE t IN ACCESS EXCLUSIVE MODE", Duration.ofSeconds(5));
            long began = System.nanoTime();
            var look = LookReading.at(database.client(), place(), scans);
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isLessThan(Duration.ofSeconds(20));
            assertThat(look.problem()).isNull();
            assertThat(look.observed()).isNull();
            assertThat(look.fingerprint()).isNull();
            migration.script("ROLLBACK", Duration.ofSeconds(5));
        }
        assertThat(LookReading.at(database.client(), place(), scans).fingerprint()).isNotNull();
    }

    /** What falls silent is waited for once, and not again to end the transaction. */
    @Test
    void aServerThatFallsSilentIsAskedNothingMore() throws IOException {
        var direct = database.address();
        int port = Integer.parseInt(direct.server().replaceAll(".*:", ""));
        var answer = Duration.ofSeconds(4);
        try (var proxy = new SilentProxy(port)) {
            var url = direct.url().replace(":" + port + "/", ":" + proxy.port() + "/");
            var address = new DatabaseAddress(url, direct.password());
            try (var session = database.client().open(address, "test", Map.of())) {
                proxy.silenceFirstAfter(80); // enough for what begins the transaction
                long began = System.nanoTime();
                assertThatThrownBy(() -> LookReading.over(session, place(), scans, answer))
                        .hasMessageContaining("no answer within 4 s");
                assertThat(Duration.ofNanos(System.nanoTime() - began))
                        .isBetween(answer, answer.multipliedBy(5));
            }
        }
    }

    @Test
    void aCopyOfTheSchemaAloneIsToldAsThatAndIsNobodysTwin() {
        var before = LookReading.at(database.client(), place(), scans);
        database.run(ClassResources.text(JournalSql.class, "journal.sql"));
        var look = LookReading.at(database.client(), place(), scans);
        assertThat(look.problem()).contains("a copy of the schema alone");
        assertThat(look.uid()).isNotEqualTo(before.uid()).isEqualTo(look.placeUid());
    }

    /**
     * Whatever a tenant's revisions write there, its site hears of it and of its other databases.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "uid = '../../etc'",
                "uid = repeat('x', 9000)",
                "uid = upper(uid) || 'F'",
                "hash = '\\x00'",
                "fingerprint = '99999999999-15-' || repeat('0', 64)",
                "accepted = 9223372036854775807",
                "heads = NULL",
                "heads = '{NULL}'"
            })
    void aJournalThatSomebodyElseWroteToIsToldAsThat(String change) {
        var text = "--@ revision: a\n--@ upgrade\nCREATE TABLE a ();\n";
        Migrations.of(Map.of("a.sql", text)).upgrade(database.address(), "heads");
        database.run("ALTER TABLE skein.state ALTER heads DROP NOT NULL");
        database.run("UPDATE skein.state SET " + change);
        var look = LookReading.at(database.client(), place(), scans);
        assertThat(look.problem()).isNotNull().hasSizeLessThan(400);
        assertThat(DatabaseIdentity.isUid(look.uid())).isTrue();
    }

    @Test
    void whereTheEntriesWereWrittenIntoAsWellTheUidIsToldAllTheSame() {
        var text = "--@ revision: a\n--@ upgrade\nCREATE TABLE a ();\n";
        Migrations.of(Map.of("a.sql", text)).upgrade(database.address(), "heads");
        database.run("ALTER TABLE skein.entry ALTER envelope DROP NOT NULL");
        database.run("UPDATE skein.entry SET envelope = NULL");
        assertThat(LookReading.at(database.client(), place(), scans).problem())
                .isNotNull(); // of the entries, while the uid is right
        database.run("UPDATE skein.state SET uid = 'x'");
        assertThat(LookReading.at(database.client(), place(), scans).problem())
                .contains("the uid in skein.state is 'x'");
    }

    @Test
    void theUidThatItsEntriesNamePutsItRight() {
        var text = "--@ revision: a\n--@ upgrade\nCREATE TABLE a ();\n";
        Migrations.of(Map.of("a.sql", text)).upgrade(database.address(), "heads");
        var uid = database.value("SELECT uid FROM skein.state");
        database.run("UPDATE skein.state SET uid = 'x'");
        var remedy = "UPDATE skein.state SET uid = '" + uid + "' WHERE target = ''";
        assertThat(LookReading.at(database.client(), place(), scans).problem())
                .contains("the uid in skein.state is 'x'")
                .endsWith(remedy);
        database.run(remedy);
        assertThat(LookReading.at(database.client(), place(), scans).state()).isNotNull();
    }
}
