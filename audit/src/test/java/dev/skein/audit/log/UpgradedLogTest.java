// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.audit.config.AuditSchema;
import dev.skein.audit.testing.Chain;
import dev.skein.audit.testing.OlderLog;
import dev.skein.audit.testing.OnAuditDatabase;
import dev.skein.audit.testing.TestSettings;
import dev.skein.engine.proof.LogVerifier;
import dev.skein.engine.proof.NoteKey;
import dev.skein.engine.proof.Verdict;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that was kept in one piece becomes the first part, and older replicas go on meanwhile. */
class UpgradedLogTest extends OnAuditDatabase {
    private static final LogSearch.Wanted ALL =
            new LogSearch.Wanted(null, null, null, null, null, null, null, null);

    private final AuditLog log = new AuditLog();

    @TempDir Path folder;

    @Override
    protected String version() {
        return "audit0013";
    }

    private void older(List<ReceivedEntry> entries) {
        db.run(tx -> OlderLog.append(tx, entries));
    }

    private void upgrade(String version) {
        AuditSchema.revisions(database.client()).upgrade(database.address(), version);
    }

    private Verdict exported() throws Exception {
        var checkpoints = new SignedCheckpoints(new TestSettings(folder), NoteKey.create("test"));
        db.call(checkpoints::sign);
        var text = new StringBuilder();
        new LogExport(new LogReads(db, 2), new LogSearch(), checkpoints)
                .<RuntimeException>write(ALL, "all", line -> text.append(line).append('\n'));
        var bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        return new LogVerifier(checkpoints.verifier(), null)
                .verify(new ByteArrayInputStream(bytes), n -> {});
    }

    @Test
    void whatThereIsBecomesTheFirstPartAndIsGoneOnFrom() throws Exception {
        var one = Chain.of("rollout/a", 90, "made");
        older(one.subList(0, 30));
        upgrade("audit0014");
        older(one.subList(30, 40));
        upgrade("heads");
        older(one.subList(40, 50));
        db.run(tx -> EntryParts.makeAhead(tx, EntryParts.SIZE));
        AuditLog.Appended appended =
                db.call(tx -> log.append(tx, one.subList(35, 80), Chain::read));
        assertThat(appended).isEqualTo(new AuditLog.Appended(30, 15, 0, 0));
        older(one.subList(80, 90));
        assertThat(exported()).isEqualTo(new Verdict(Verdict.Status.INTACT, 90, 90, "", ""));
        assertThat(database.value("SELECT count(*) FROM entry_0")).isEqualTo("90");
        assertThatThrownBy(() -> database.run("DELETE FROM entry"))
                .hasMessageContaining("append-only");
    }

    @Test
    void nothingIsCopiedAndThereIsRoomForWhatOlderReplicasAppend() {
        older(Chain.of("rollout/a", 10, "made"));
        var file = "SELECT relfilenode FROM pg_class WHERE relname = '%s'";
        var before = database.value(file.formatted("entry"));
        var indexes = database.value(file.formatted("facet_uid"));
        upgrade("heads");
        assertThat(database.value(file.formatted("entry_0"))).isEqualTo(before);
        assertThat(database.value(file.formatted("facet_0_uid_index_idx"))).isEqualTo(indexes);
        assertThat(database.value("SELECT max(below) FROM entry_part"))
                .isEqualTo(String.valueOf(8 * EntryParts.SIZE));
        assertThat(
                        database.value(
                                "SELECT string_agg(conname, ' ') FROM pg_constraint WHERE contype ="
                                        + " 'c' AND conrelid IN ('entry_0'::regclass,"
                                        + " 'body_0'::regclass, 'facet_0'::regclass)"))
                .isEqualTo("null");
    }

    @Test
    void whatSomebodyElseChangedIsRefusedAsEver() {
        database.run("ALTER TABLE body ADD COLUMN more text; GRANT SELECT ON body TO PUBLIC");
        assertThatThrownBy(() -> AuditSchema.apply(database.client(), database.address()))
                .hasMessageContaining("its schema was changed by somebody else");
    }

    @Test
    void whoServesKeepsItsRights() {
        var role = "served_" + database.address().database();
        database.run("CREATE ROLE \"" + role + " x\"");
        try {
            database.run("GRANT SELECT, INSERT ON entry, body, facet TO \"%s x\"".formatted(role));
            AuditSchema.apply(database.client(), database.address());
            database.run(
                    "SET ROLE \"%s x\"; SELECT FROM entry; INSERT INTO body VALUES (0, '', '')"
                            .formatted(role));
            assertThatThrownBy(() ->
                            database.run("SET ROLE \"%s x\"; DELETE FROM body".formatted(role)))
                    .hasMessageContaining("42501");
            assertThatThrownBy(() ->
                            database.run(
                                    "SET ROLE \"%s x\"; SELECT make_entry_part(256)"
                                            .formatted(role)))
                    .hasMessageContaining("42501");
        } finally {
            database.run("DROP OWNED BY \"%1$s x\"; DROP ROLE \"%1$s x\"".formatted(role));
        }
    }
}
