// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.audit.testing.Chain;
import dev.skein.audit.testing.OnAuditDatabase;
import dev.skein.audit.testing.TestSettings;
import dev.skein.engine.proof.Checkpoint;
import dev.skein.engine.proof.NoteKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignedCheckpointsTest extends OnAuditDatabase {
    /** The database becomes what it was before anything was appended. */
    private static final String EMPTIED =
            """
            SET session_replication_role = replica;
            DELETE FROM entry; DELETE FROM facet; DELETE FROM source; DELETE FROM tile;
            DELETE FROM checkpoint; DELETE FROM body;
            UPDATE log_state SET size = 0, frontier = '', root = sha256('')\
            """;

    @TempDir Path folder;
    private final AuditLog log = new AuditLog();
    private SignedCheckpoints checkpoints;

    @BeforeEach
    void checkpoints() {
        checkpoints = new SignedCheckpoints(new TestSettings(folder), NoteKey.create("test"));
    }

    private void append(String source, int entries) {
        db.run(tx -> log.append(tx, Chain.of(source, entries, "made"), Chain::read));
    }

    private boolean sign() {
        return db.call(checkpoints::sign);
    }

    private Path file() {
        return folder.resolve("audit.key.last");
    }

    @Test
    void anOlderCopyOfTheDatabaseIsNotSignedOn() throws IOException {
        append("rollout/a", 10);
        sign();
        var given = Files.readString(file());
        database.run(EMPTIED);
        assertThatThrownBy(this::sign)
                .hasMessageContaining("10 were signed: its database is an older copy")
                .hasMessageContaining("audit.key.last");
        append("rollout/b", 3);
        assertThatThrownBy(this::sign).hasMessageContaining("10 were signed");
        append("rollout/c", 20);
        assertThatThrownBy(this::sign).hasMessageContaining("its first 10 are not those");
        assertThat(db.call(checkpoints::last)).isEmpty();
        assertThat(Files.readString(file())).isEqualTo(given);

        database.run(EMPTIED);
        append("rollout/a", 12);
        assertThat(sign()).as("the same entries are there again").isTrue();
        assertThat(Checkpoint.read(Files.readString(file())).size()).isEqualTo(12);
    }

    @Test
    void whatWasSignedIsInTheFileBeforeAnybodyHasIt() throws IOException {
        append("rollout/a", 2);
        Files.createDirectory(folder.resolve("audit.key.last.part"));
        assertThatThrownBy(this::sign).hasMessageContaining("it cannot be written");
        assertThat(db.call(checkpoints::last)).isEmpty();
        Files.delete(folder.resolve("audit.key.last.part"));
        assertThat(sign()).isTrue();
        var note = db.call(checkpoints::last).orElseThrow().note();
        assertThat(Files.readString(file())).isEqualTo(note);

        database.run("ALTER TABLE checkpoint DISABLE TRIGGER ALL; DELETE FROM checkpoint");
        assertThat(sign()).as("signed, and lost before it was committed").isTrue();
        assertThat(db.call(checkpoints::last).orElseThrow().note()).isEqualTo(note);
        Files.delete(file());
        assertThat(sign()).as("signed before there was a file").isFalse();
        assertThat(Files.readString(file())).isEqualTo(note);
        Files.writeString(file(), "nonsense");
        assertThatThrownBy(this::sign).hasMessageContaining("audit.key.last");
    }

    @Test
    void theFileOfAnotherLogIsRefused() throws IOException {
        append("rollout/a", 2);
        var other = new Checkpoint("test/log", 1, new byte[32]).signed(NoteKey.create("test"));
        Files.writeString(file(), other);
        assertThatThrownBy(this::sign).hasMessageContaining("not signed with the key");
    }

    @Test
    void aServiceWithTheKeyOfAnotherLogDoesNotBegin() throws IOException {
        db.run(checkpoints::requireOurs);
        append("rollout/a", 2);
        sign();
        db.run(checkpoints::requireOurs);
        var elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        var second = new SignedCheckpoints(new TestSettings(elsewhere), NoteKey.create("test"));
        assertThatThrownBy(() -> db.run(second::requireOurs))
                .hasMessageContaining("in the database")
                .hasMessageContaining("not signed with the key")
                .hasMessageContaining("Restore skein.audit.key");
        append("rollout/b", 2);
        assertThatThrownBy(() -> db.call(second::sign)).hasMessageContaining("the database");
        assertThat(db.call(checkpoints::last).orElseThrow().size()).isEqualTo(2);
        assertThat(elsewhere).as("it has signed nothing").isEmptyDirectory();
        assertThat(sign()).isTrue();
    }

    @Test
    void aServiceWithTheLastCheckpointOfAnotherLogDoesNotBegin() throws IOException {
        var key = NoteKey.create("test");
        var mine = new SignedCheckpoints(new TestSettings(folder), key);
        for (var other :
                new String[] {
                    new Checkpoint("test/other", 1, new byte[32]).signed(key),
                    new Checkpoint("test/log", 1, new byte[32]).signed(NoteKey.create("test")),
                    "nonsense"
                }) {
            Files.writeString(file(), other);
            assertThatThrownBy(() -> db.run(mine::requireOurs))
                    .hasMessageContaining("audit.key.last")
                    .hasMessageContaining("not signed with the key");
            assertThat(Files.readString(file())).isEqualTo(other);
        }
    }

    @Test
    void manyMaySignAtOnce() throws Exception {
        try (var threads = Executors.newFixedThreadPool(2)) {
            for (int round = 1; round <= 40; round++) {
                append("rollout/" + round, 1);
                var both = new ArrayList<Callable<Boolean>>();
                both.add(this::sign);
                both.add(this::sign);
                int signed = 0;
                for (var done : threads.invokeAll(both)) {
                    signed += done.get() ? 1 : 0;
                }
                assertThat(signed).isOne();
            }
        }
    }
}
