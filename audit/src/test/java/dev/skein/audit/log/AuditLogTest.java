// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.audit.config.AuditSchema;
import dev.skein.audit.testing.OnAuditDatabase;
import dev.skein.engine.Digests;
import dev.skein.engine.proof.MerkleFrontier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AuditLogTest extends OnAuditDatabase {

    private final AuditLog log = new AuditLog();

    /** A chain of so many entries, parked records being "source seq text". */
    private static List<ReceivedEntry> chain(String source, int length, String flavour) {
        var chain = new ArrayList<ReceivedEntry>();
        var prev = new byte[32];
        for (int seq = 1; seq <= length; seq++) {
            var entry = entry(source, seq, source + seq + flavour, prev);
            chain.add(entry);
            prev = entry.hash();
        }
        return chain;
    }

    private static ReceivedEntry entry(String source, long seq, String text, byte[] prev) {
        var envelope = text.getBytes(StandardCharsets.UTF_8);
        var hash = Digests.sha256(prev, envelope);
        var record =
                (source + " " + seq + " " + text + " " + Digests.hex(prev))
                        .getBytes(StandardCharsets.UTF_8);
        return new ReceivedEntry(source, seq, envelope, prev, hash, new byte[16], envelope, record);
    }

    private static ReceivedEntry unpark(byte[] record) {
        var parts = new String(record, StandardCharsets.UTF_8).split(" ");
        return entry(parts[0], Long.parseLong(parts[1]), parts[2], Digests.bytes(parts[3]));
    }

    private AuditLog.Appended append(List<ReceivedEntry> entries) {
        return db.call(tx -> log.append(tx, entries, AuditLogTest::unpark));
    }

    private String value(String sql) {
        return database.value(sql);
    }

    @Test
    void indexesAreDenseAndTheRootIsTheEntries() {
        append(chain("a", 3, ""));
        append(chain("b", 2, ""));
        assertThat(
                        value(
                                "SELECT string_agg(index || source || seq, ' ' ORDER BY index) FROM"
                                        + " entry"))
                .isEqualTo("0a1 1a2 2a3 3b1 4b2");
        var frontier = new MerkleFrontier();
        for (var text : List.of("a1", "a2", "a3", "b1", "b2")) {
            frontier.append(text.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(value("SELECT encode(root, 'hex') FROM log_state"))
                .isEqualTo(Digests.hex(frontier.root()));
        assertThat(value("SELECT count(*) FROM body")).isEqualTo("5");
    }

    @Test
    void whatComesTwiceIsCountedOnce() {
        var chain = chain("a", 4, "");
        append(chain);
        assertThat(append(chain)).isEqualTo(new AuditLog.Appended(0, 4, 0, 0));
        var twice = new ArrayList<>(chain("b", 2, ""));
        twice.addAll(chain("b", 2, ""));
        assertThat(append(twice)).isEqualTo(new AuditLog.Appended(2, 2, 0, 0));
    }

    private static ReceivedEntry says(String source, long seq, String kind, byte[] prev) {
        return entry(source, seq, "{\"kind\":\"" + kind + "\"}", prev);
    }

    @Test
    void aRestoredDatabaseGoesOnAsAnotherIncarnation() {
        var first = says("db/u/one", 1, "initialized", new byte[32]);
        var second = says("db/u/one", 2, "applied", first.hash());
        var saved = says("db/u/one", 3, "backed_up", second.hash());
        var third = says("db/u/one", 4, "applied", saved.hash());
        append(List.of(first, second, saved, third));
        assertThat(append(List.of(says("db/u/two", 3, "restored", second.hash()))).entries())
                .isEqualTo(1);
        assertThat(value("SELECT state || next_seq FROM source WHERE id = 'db/u/two'"))
                .isEqualTo("live4");
        assertThat(append(List.of(says("db/u/six", 5, "adopted", third.hash()))).entries())
                .isEqualTo(1);
        for (var other :
                List.of(
                        says("db/u/three", 3, "applied", second.hash()),
                        says("db/u/four", 5, "restored", third.hash()), // nothing was saved there
                        says("db/w/five", 3, "restored", second.hash()))) {
            assertThat(append(List.of(other)).parked()).as(other.source()).isEqualTo(1);
        }

        var begun = says("db/v/one", 1, "initialized", new byte[32]);
        var backup = says("db/v/one", 2, "backed_up", begun.hash());
        var restored = says("db/v/two", 2, "restored", begun.hash());
        assertThat(append(List.of(restored)).parked()).as("it came too early").isEqualTo(1);
        append(List.of(begun, backup));
        assertThat(append(List.of(says("db/v/two", 3, "applied", restored.hash()))).entries())
                .as("it was taken up with what follows it")
                .isEqualTo(2);
    }

    @Test
    void aCopyBeginsWhereItBecameADatabaseOfItsOwn() {
        var first = says("db/u/one", 1, "initialized", new byte[32]);
        append(List.of(first));
        var text = "{\"kind\":\"adopted\",\"outcome\":\"clone\"}";
        var copied = entry("db/copy/two", 2, text, first.hash());
        var next = says("db/copy/two", 3, "applied", copied.hash());
        assertThat(append(List.of(copied, next)).entries()).isEqualTo(2);
        var elsewhere = entry("db/other/two", 9, text, Digests.sha256(new byte[1]));
        assertThat(append(List.of(elsewhere)).entries()).as("the original is unknown").isOne();
        assertThat(append(List.of(says("db/more/two", 9, "adopted", first.hash()))).parked())
                .as("it lacks what is before it")
                .isOne();
        assertThat(append(List.of(copied, next))).isEqualTo(new AuditLog.Appended(0, 2, 0, 0));
    }

    @Test
    void aGapParksUntilTheMissingComes() {
        var chain = chain("a", 5, "");
        append(chain.subList(0, 1));
        assertThat(append(chain.subList(2, 5))).isEqualTo(new AuditLog.Appended(0, 0, 3, 0));
        assertThat(value("SELECT state FROM source")).isEqualTo("gap");
        assertThat(append(chain.subList(1, 2)).entries()).isEqualTo(4);
        assertThat(value("SELECT state || next_seq FROM source")).isEqualTo("live6");
        assertThat(value("SELECT count(*) FROM parked")).isEqualTo("0");
    }

    @Test
    void anyOrderGivesTheSameEntries() {
        var random = new Random(7);
        var chain = new ArrayList<>(chain("a", 40, ""));
        Collections.shuffle(chain, random);
        for (int i = 0; i < 40; i += 8) {
            append(chain.subList(i, i + 8));
        }
        assertThat(
                        value(
                                "SELECT string_agg(seq::text, ' ' ORDER BY index) ="
                                        + " string_agg(seq::text, ' ' ORDER BY seq) FROM entry"))
                .isEqualTo("true");
        assertThat(value("SELECT count(*) FROM entry")).isEqualTo("40");
    }

    @Test
    void aForkIsNotedAndTheSourceIsNoLongerBelieved() {
        append(chain("a", 3, ""));
        assertThat(append(chain("a", 2, "other")).anomalies()).isEqualTo(2);
        assertThat(value("SELECT state FROM source")).isEqualTo("fork");
        var more = chain("a", 4, "").subList(3, 4);
        assertThat(append(more)).isEqualTo(new AuditLog.Appended(0, 0, 0, 1));
        assertThat(value("SELECT string_agg(kind || seq, ' ' ORDER BY id) FROM anomaly"))
                .isEqualTo("fork1 fork2 fork4");
    }

    @Test
    void aHashThatDoesNotFitIsRefused() {
        var good = chain("a", 1, "").getFirst();
        var bad =
                new ReceivedEntry(
                        "a",
                        1,
                        new byte[] {1},
                        good.prevHash(),
                        good.hash(),
                        null,
                        null,
                        good.record());
        assertThat(append(List.of(bad))).isEqualTo(new AuditLog.Appended(0, 0, 0, 1));
        assertThat(value("SELECT kind FROM anomaly")).isEqualTo("corrupt");
    }

    @Test
    void historyCannotBeChanged() {
        append(chain("a", 1, ""));
        for (var sql :
                List.of(
                        "UPDATE entry SET seq = 9",
                        "DELETE FROM entry",
                        "TRUNCATE entry CASCADE",
                        "DELETE FROM anomaly")) {
            assertThatThrownBy(() -> database.run(sql)).hasMessageContaining("append-only");
        }
    }

    @Test
    void whoServesMayAddToTheHistoryAndChangeNothingOfIt() {
        var role = "serves_" + database.address().database();
        database.run("CREATE ROLE " + role + " LOGIN PASSWORD 'x'");
        try {
            AuditSchema.grant(database.client(), database.address(), role);
            append(chain("a", 2, ""));
            for (var table : List.of("entry", "body", "tile", "checkpoint", "facet", "anomaly")) {
                for (var change :
                        List.of(
                                "DELETE FROM " + table,
                                "TRUNCATE " + table,
                                "ALTER TABLE " + table + " DISABLE TRIGGER ALL")) {
                    assertThatThrownBy(() -> database.run("SET ROLE " + role + "; " + change))
                            .as(change)
                            .hasMessageContaining("42501");
                }
            }
            assertThatThrownBy(
                            () -> database.run("SET ROLE " + role + "; UPDATE entry SET seq = seq"))
                    .hasMessageContaining("42501");
            database.run(
                    "SET ROLE "
                            + role
                            + "; INSERT INTO anomaly(source, seq, kind, detail, record) VALUES"
                            + " ('a', 1, 'k', 'd', ''); UPDATE source SET state = 'live'");
        } finally {
            database.run("DROP OWNED BY " + role + "; DROP ROLE " + role);
        }
    }
}
