// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.log;

import dev.skein.audit.config.AuditConfig;
import dev.skein.engine.SkeinException;
import dev.skein.engine.proof.Checkpoint;
import dev.skein.engine.proof.MerkleProofs;
import dev.skein.engine.proof.NoteKey;
import dev.skein.service.database.Db;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Signs what the log has come to: only what is committed, and never against what was signed. */
@ApplicationScoped
public class SignedCheckpoints {
    private final AuditConfig config;
    private final NoteKey.Pair key;
    private final OwnNotes own;
    private final LastNote kept;

    public SignedCheckpoints(AuditConfig config, NoteKey.Pair key) {
        this.config = config;
        this.key = key;
        this.own = new OwnNotes(config.origin(), key.verifier());
        this.kept = new LastNote(config.lastNote().orElse(Path.of(config.key() + ".last")));
    }

    /** A checkpoint that was signed. */
    public record Signed(long size, String note) {}

    /**
     * That what was signed is not in the log.
     *
     * @param note the checkpoint that the file has
     * @param signed its size
     * @param from the size of the last checkpoint that the database has, the one to go on from; 0
     *     where that one is no older, so that nobody can tell where they part
     */
    public record Lost(String note, long signed, long from) {}

    /** Whose signature it is. */
    public NoteKey verifier() {
        return key.verifier();
    }

    public String origin() {
        return config.origin();
    }

    /** The last one. */
    public Optional<Signed> last(Db.Tx tx) {
        return tx
                .list(
                        "SELECT size, note FROM checkpoint ORDER BY size DESC LIMIT 1",
                        row -> new Signed(row.getLong(0), row.getString(1)))
                .stream()
                .findFirst();
    }

    /** Some of them up to the size of one, evenly apart in the log, that one always among them. */
    public List<Signed> some(Db.Tx tx, long upTo, int most) {
        return tx.list(
                """
                SELECT DISTINCT c.size, c.note
                FROM generate_series(1, $2) AS n
                CROSS JOIN LATERAL (SELECT size, note FROM checkpoint
                    WHERE size <= trunc($1::bigint::numeric * n / $2)::bigint ORDER BY size DESC LIMIT 1) AS c
                ORDER BY c.size
                """,
                row -> new Signed(row.getLong(0), row.getString(1)),
                upTo,
                most);
    }

    /**
     * Signs the log as it is, where it has grown. The note is in its file before it is in the
     * database, so nobody has one that the file does not know.
     *
     * @return whether it had
     * @throws SkeinException where the log is not the one that was signed before: it signs nothing
     *     any more until somebody has looked
     */
    public boolean sign(Db.Tx tx) {
        if (isSigned(tx)) {
            return false; // without the lock that appending needs
        }
        var state = tx.query("SELECT size, root FROM log_state FOR UPDATE").iterator().next();
        long size = state.getLong(0);
        var root = state.getBuffer(1).getBytes();
        var before = last(tx); // another one may have signed until the lock was had
        var nodes = new StoredNodes(tx);
        require(size, root, MerkleProofs.root(nodes, size));
        if (before.isPresent()) {
            var signed = own.read(before.get().note(), "the database");
            require(signed.size(), signed.root(), MerkleProofs.root(nodes, signed.size()));
        }
        var known = kept.read();
        known.ifPresent(note -> goesOnFrom(tx, note, size, nodes));
        var note = new Checkpoint(config.origin(), size, root).signed(key);
        if (known.filter(note::equals).isEmpty()) {
            kept.write(note);
        }
        if (before.filter(signed -> signed.size() == size).isPresent()) {
            return false;
        }
        tx.query(
                "INSERT INTO checkpoint(size, root, note) VALUES ($1, $2, $3)",
                size,
                Buffer.buffer(root),
                note);
        return true;
    }

    /** Whether there is nothing new, in the database or in the file. */
    private boolean isSigned(Db.Tx tx) {
        var before = last(tx);
        long size = tx.query("SELECT size FROM log_state").iterator().next().getLong(0);
        return size == before.map(Signed::size).orElse(0L)
                && kept.read().equals(before.map(Signed::note));
    }

    private void goesOnFrom(Db.Tx tx, String note, long size, StoredNodes nodes) {
        var signed = own.read(note, kept.toString());
        if (isIn(signed, size, nodes) || LogContinuation.isTold(tx, note)) {
            return;
        }
        throw SkeinException.failed(
                "The log of " + size + " entries",
                signed.size() > size
                        ? signed.size() + " were signed: its database is an older copy"
                        : "its first "
                                + signed.size()
                                + " are not those that were signed: its database is another copy,"
                                + " or somebody changed it",
                "Nothing is signed any more. Restore the database as it was after that. Where it"
                        + " is lost for good, let the log go on and tell it, by a decision: skein"
                        + " audit continue. The checkpoint that was signed is in "
                        + kept);
    }

    private static boolean isIn(Checkpoint signed, long size, StoredNodes nodes) {
        return signed.size() <= size
                && Arrays.equals(signed.root(), MerkleProofs.root(nodes, signed.size()));
    }

    /** What was signed and is not in the log, unless the log tells it; nothing where all is. */
    public Optional<Lost> lost(Db.Tx tx) {
        var known = kept.read();
        if (known.isEmpty()) {
            return Optional.empty();
        }
        var note = known.get();
        var signed = own.read(note, kept.toString());
        long size = tx.query("SELECT size FROM log_state").iterator().next().getLong(0);
        if (isIn(signed, size, new StoredNodes(tx)) || LogContinuation.isTold(tx, note)) {
            return Optional.empty();
        }
        long last = last(tx).map(Signed::size).orElse(0L);
        return Optional.of(new Lost(note, signed.size(), last < signed.size() ? last : 0));
    }

    /**
     * Refuses to begin with the key, or the last checkpoint, of another log: a setting is wrong.
     *
     * @throws SkeinException where what was signed was not signed by this service
     */
    public void requireOurs(Db.Tx tx) {
        last(tx).ifPresent(signed -> own.read(signed.note(), "the database"));
        kept.read().ifPresent(note -> own.read(note, kept.toString()));
    }

    private static void require(long size, byte[] root, byte[] found) {
        if (!Arrays.equals(root, found)) {
            throw SkeinException.failed(
                    "The log of " + size + " entries",
                    "its entries do not have the root that it had: somebody changed them",
                    "Nothing is signed any more. Compare an export with an older one:"
                            + " skein audit verify");
        }
    }
}
