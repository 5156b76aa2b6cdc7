// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.engine.Json;
import dev.skein.engine.embed.Migrations;
import dev.skein.engine.event.JournalRecord;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final int RECORD_LIMIT = 2 * 1024 * 1024;

    @RegisterExtension final TestDatabase database = new TestDatabase();
    @TempDir private Path folder;

    private void revision(String id, String parent, String text) throws IOException {
        var sql = "SELECT length('" + text + "');";
        Files.writeString(
                folder.resolve(id + ".sql"),
                "--@ revision: %s\n--@ revises: %s\n\n--@ upgrade\n%s\n"
                        .formatted(id, parent, sql));
    }

    @Test
    void anEntryTooLargeForARecordTravelsWithoutItsBodyAndIsStillProven() throws IOException {
        revision("small", "", "short");
        revision("large", "small", "x".repeat(3 * 1024 * 1024));
        revision("last", "large", "y".repeat(JournalRecord.LARGEST_BODY - 200));
        Migrations.in(folder).upgrade(database.address(), "head");
        try (var session = database.open()) {
            var journal = new Journal(session, "");
            var whole = journal.after(0, 100);
            var sent = journal.after(0, 100, JournalRecord.LARGEST_BODY);
            assertThat(sent).hasSameSizeAs(whole).allMatch(Entry::isIntact);
            for (int i = 0; i < sent.size(); i++) {
                var body = whole.get(i).body();
                var isLarge = body != null && body.length > JournalRecord.LARGEST_BODY;
                assertThat(sent.get(i).body()).isEqualTo(isLarge ? null : body);
                var record = JournalRecord.of("0".repeat(32), sent.get(i));
                assertThat(Json.bytes(record)).hasSizeLessThan(RECORD_LIMIT);
            }
            assertThat(sent).anyMatch(e -> e.body() == null);
        }
    }

    @Test
    void whetherAStatementIsUnderWayIsToldWithoutReadingAnyBody() throws IOException {
        revision("large", "", "x".repeat(3 * 1024 * 1024));
        Migrations.in(folder).upgrade(database.address(), "head");
        try (var session = database.open()) {
            var journal = new Journal(session, "");
            session.query("BEGIN");
            assertThat(journal.isUnderWay()).isFalse();
            assertThat(blocksOfBodies(session)).isZero();
            journal.after(0, 100);
            assertThat(blocksOfBodies(session)).isPositive();
            session.query("ROLLBACK");
        }
    }

    private static long blocksOfBodies(PgSession session) {
        var sql =
                "SELECT pg_stat_get_xact_blocks_fetched(reltoastrelid) FROM pg_class WHERE oid ="
                        + " 'skein.entry'::regclass";
        return session.query(sql).iterator().next().getLong(0);
    }

    private AbstractThrowableAssert<?, ?> upgrading() {
        return assertThatThrownBy(() -> Migrations.in(folder).upgrade(database.address(), "head"));
    }

    @Test
    void whoMayNotReadItIsToldByARun() throws IOException {
        revision("a", "", "x");
        Migrations.in(folder).upgrade(database.address(), "head");
        var role = "stranger" + ProcessHandle.current().pid();
        database.run("CREATE ROLE " + role + " LOGIN PASSWORD 'x'");
        database.whenDropped("DROP ROLE " + role);
        var owner = database.address();
        database.as(role, "x");
        upgrading()
                .hasMessageContaining("user \"" + role + "\" may not read the journal")
                .hasMessageContaining("GRANT USAGE ON SCHEMA skein TO \"" + role + "\"");
        database.as(owner);
    }

    @Test
    void whatSomebodyElseMadeOfItIsNamed() throws IOException {
        revision("a", "", "x");
        Migrations.in(folder).upgrade(database.address(), "head");
        database.run("UPDATE skein.entry SET envelope = '\\x00ff' WHERE seq = 2");
        revision("b", "a", "y");
        upgrading()
                .hasMessageContaining("Database postgresql://")
                .hasMessageContaining("entry 2 of its journal was changed by somebody else");
        database.run("DROP TABLE skein.entry");
        upgrading()
                .hasMessageContaining("no journal that this Skein can read")
                .hasMessageContaining("skein.entry");
    }
}
