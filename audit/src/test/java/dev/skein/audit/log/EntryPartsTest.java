// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.audit.config.AuditSchema;
import dev.skein.audit.testing.Chain;
import dev.skein.audit.testing.OnAuditDatabase;
import dev.skein.audit.testing.SmallParts;
import dev.skein.audit.testing.TestSettings;
import dev.skein.engine.proof.EntryProof;
import dev.skein.engine.proof.LogVerifier;
import dev.skein.engine.proof.NoteKey;
import dev.skein.engine.proof.Verdict;
import dev.skein.service.testing.LaterSchema;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log goes on from part to part, and nobody who reads or proves it sees where one ends. */
class EntryPartsTest extends OnAuditDatabase {
    private static final LogSearch.Wanted ALL =
            new LogSearch.Wanted(null, null, null, null, null, null, null, null);
    private static final String PARTS =
            """
            SELECT string_agg(c.relname, ' ' ORDER BY c.oid) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
            WHERE i.inhparent = 'entry'::regclass
            """;

    private final AuditLog log = new AuditLog();
    private final LogSearch search = new LogSearch();

    @TempDir Path folder;

    private AuditLog.Appended append(String source, int from, int to) {
        var chain = Chain.of(source, to, "made").subList(from - 1, to);
        return db.call(tx -> log.append(tx, chain, Chain::read));
    }

    @Test
    void aBatchThatFindsNoRoomMakesItself() {
        SmallParts.cut(database, 256);
        append("rollout/a", 1, 300);
        assertThat(database.value("SELECT count(*) FROM entry_0")).isEqualTo("256");
        assertThat(database.value("SELECT count(*) FROM facet_256")).isEqualTo("44");
        assertThat(database.value("SELECT min(index) FROM entry_256")).isEqualTo("256");
    }

    @Test
    void partsAreMadeAheadAndNoMoreThanThat() {
        SmallParts.cut(database, 256);
        assertThat(db.<Boolean>call(tx -> EntryParts.makeAhead(tx, 256))).isTrue();
        assertThat(db.<Boolean>call(tx -> EntryParts.makeAhead(tx, 256))).isFalse();
        assertThat(database.value(PARTS)).isEqualTo("entry_0 entry_256");
        append("rollout/a", 1, 300);
        assertThat(db.<Boolean>call(tx -> EntryParts.makeAhead(tx, 256))).isTrue();
        assertThat(db.<Boolean>call(tx -> EntryParts.makeAhead(tx, 256))).isTrue();
        assertThat(database.value(PARTS)).isEqualTo("entry_0 entry_256 entry_512 entry_768");
        for (int n = 0; n < 30; n++) {
            database.run("SELECT make_entry_part(256)");
        }
        assertThat(database.value("SELECT max(below) FROM entry_part"))
                .as("whoever asks for more")
                .isEqualTo("4608");
    }

    @Test
    void whoAppendsAndWhoReadsGoOnWhileAPartIsMade() {
        SmallParts.cut(database, 256);
        append("rollout/a", 1, 200);
        db.run(tx -> {
            EntryParts.makeAhead(tx, 256); // and not committed
            assertThat(append("rollout/b", 1, 20).entries()).isEqualTo(20);
            assertThat(database.value("SELECT count(*) FROM entry")).isEqualTo("220");
        });
        assertThat(append("rollout/b", 21, 100).entries()).isEqualTo(80);
        assertThat(database.value("SELECT count(*) FROM entry_256")).isEqualTo("44");
    }

    @Test
    void nothingOfAnyPartCanBeChanged() {
        SmallParts.cut(database, 256);
        append("rollout/a", 1, 300);
        database.run("INSERT INTO body VALUES (299, '', '')");
        for (var part : List.of("_0", "_256", "")) {
            for (var sql :
                    List.of(
                            "UPDATE entry%s SET seq = 9",
                            "DELETE FROM entry%s",
                            "TRUNCATE entry%s",
                            "DELETE FROM body%s",
                            "TRUNCATE body%s",
                            "UPDATE facet%s SET kind = ''",
                            "DELETE FROM facet%s",
                            "TRUNCATE facet%s")) {
                assertThatThrownBy(() -> database.run(sql.formatted(part)))
                        .as(sql, part)
                        .hasMessageContaining("append-only");
            }
        }
        assertThatThrownBy(() ->
                        database.run(
                                "INSERT INTO entry SELECT 301, source, seq, envelope, hash, leaf"
                                        + " FROM entry WHERE index = 299"))
                .hasMessageContaining("23505");
    }

    @Test
    void whoServesMakesPartsAndOwnsNone() {
        SmallParts.cut(database, 256);
        var role = "serves_" + database.address().database();
        database.run("CREATE ROLE " + role + " LOGIN PASSWORD 'x'");
        try {
            AuditSchema.grant(database.client(), database.address(), role);
            database.run("SET ROLE " + role + "; SELECT make_entry_part(256)");
            append("rollout/a", 1, 300);
            var owned =
                    "SELECT count(*) FROM pg_class WHERE relowner = '%s'::regrole".formatted(role);
            assertThat(database.value(owned)).isEqualTo("0");
            var written =
                    "SET ROLE %s; INSERT INTO entry_span VALUES (0, now(), now()); SELECT count(*) FROM entry"
                            .formatted(role);
            database.run(written);
            for (var sql :
                    List.of(
                            "DELETE FROM entry_0",
                            "UPDATE entry_part SET below = 1",
                            "DELETE FROM entry_part",
                            "UPDATE entry_span SET latest = now()",
                            "ALTER TABLE entry DETACH PARTITION entry_256",
                            "DROP TABLE entry_256",
                            "INSERT INTO entry_256 SELECT * FROM entry")) {
                assertThatThrownBy(() -> database.run("SET ROLE " + role + "; " + sql))
                        .as(sql)
                        .hasMessageContaining("42501");
            }
        } finally {
            database.run("DROP OWNED BY " + role + "; DROP ROLE " + role);
        }
    }

    private Verdict exported(SignedCheckpoints checkpoints) throws Exception {
        var text = new StringBuilder();
        new LogExport(new LogReads(db, 2), search, checkpoints)
                .<RuntimeException>write(ALL, "all", line -> text.append(line).append('\n'));
        var bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        return new LogVerifier(checkpoints.verifier(), null)
                .verify(new ByteArrayInputStream(bytes), n -> {});
    }

    @Test
    void proofsExportsAndSearchesGoAcrossParts() throws Exception {
        SmallParts.cut(database, 256);
        db.run(tx -> EntryParts.makeAhead(tx, 256));
        append("rollout/a", 1, 200);
        append("rollout/b", 1, 400);
        append("rollout/a", 201, 250);
        var checkpoints = new SignedCheckpoints(new TestSettings(folder), NoteKey.create("test"));
        db.call(checkpoints::sign);
        assertThat(exported(checkpoints))
                .isEqualTo(new Verdict(Verdict.Status.INTACT, 650, 650, "", ""));
        var proofs = new LogProofs(search, checkpoints);
        for (int index : new int[] {0, 255, 256, 511, 512, 649}) {
            var text = db.call(tx -> proofs.entry(tx, index));
            assertThat(EntryProof.verify(text, checkpoints.verifier()).index()).isEqualTo(index);
        }
        var ofA = new LogSearch.Wanted(null, "a", null, null, null, null, null, null);
        assertThat(numbers(db.call(tx -> search.newest(tx, ofA, Long.MAX_VALUE, 60))))
                .startsWith(250L, 249L)
                .endsWith(192L, 191L);
        assertThat(numbers(db.call(tx -> search.find(tx, ofA, 0, 650, 60)))).endsWith(60L);
        assertThat(numbers(db.call(tx -> search.find(tx, ofA, 199, 650, 3))))
                .containsExactly(200L, 201L, 202L);
        assertThat(db.call(new SelfCheck()::some)).isZero();
    }

    private static List<Long> numbers(List<LogSearch.Entry> entries) {
        return entries.stream().map(LogSearch.Entry::seq).toList();
    }

    @Test
    void whatComesTwiceIsKnownOfWhicheverPart() {
        SmallParts.cut(database, 256);
        append("rollout/a", 1, 300);
        append("rollout/b", 1, 300);
        assertThat(append("rollout/a", 1, 300)).isEqualTo(new AuditLog.Appended(0, 300, 0, 0));
        var other = Chain.of("rollout/a", 3, "other").subList(2, 3);
        assertThat(db.call(tx -> log.append(tx, other, Chain::read)).anomalies()).isEqualTo(1);
    }

    @Test
    void partsThatWereMadeAreNoDriftOfTheSchema() throws Exception {
        SmallParts.cut(database, 4_194_304); // as it was
        db.run(tx -> EntryParts.makeAhead(tx, EntryParts.SIZE));
        new LaterSchema(AuditSchema.class, AuditSchema::apply).isRefused(database, folder);
    }
}
