// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.log;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.audit.log.OwnEntries.Own;
import dev.skein.audit.log.SignedCheckpoints.Lost;
import dev.skein.engine.Digests;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.Json;
import dev.skein.engine.SkeinException;
import dev.skein.engine.proof.DepartedCheckpoints;
import dev.skein.engine.proof.MerkleProofs;
import dev.skein.service.database.Db;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Somebody's decision that the log goes on where its database is an older copy and the newer one is
 * lost for good.
 *
 * <p>What Kafka and the tenants still have is read again like anything that is missing. The rest is
 * lost, and the tree that grows now is another one than the tree that was signed: nothing can prove
 * them consistent. So the log says it, in an entry of its own with the checkpoint that it does not
 * keep to, who decided and why, and the size and root that it goes on from. Nothing is signed
 * before that entry is there, so every checkpoint of the new tree that is not of the old one covers
 * it, and whoever verifies reads it. No table remembers the decision: the entry does, and where the
 * database is restored once more, it is lost with the rest and has to be read, or taken, again.
 */
@ApplicationScoped
public class LogContinuation {
    private final OwnEntries own;
    private final SignedCheckpoints checkpoints;

    public LogContinuation(OwnEntries own, SignedCheckpoints checkpoints) {
        this.own = own;
        this.checkpoints = checkpoints;
    }

    /**
     * What somebody decided.
     *
     * @param note the checkpoint that is not kept to, as it was signed
     * @param from the size that is gone on from
     */
    public record Decided(String note, long from, String reason) {}

    /** The same as the log tells it. */
    private record Told(String note, long signed, long from, String root, String reason) {}

    /**
     * Lets the log go on.
     *
     * @throws SkeinException where it keeps to that checkpoint, or goes on from another size: then
     *     it is not what whoever decided has seen
     */
    public void take(Db.Tx tx, Decided decided, String actor, Instant at) {
        tx.query("SELECT FROM log_state FOR UPDATE");
        var lost =
                checkpoints
                        .lost(tx)
                        .filter(l -> l.note().equals(decided.note()) && l.from() == decided.from())
                        .orElseThrow(() ->
                                new SkeinException(
                                        ErrorCode.DIFFERS,
                                        "The log",
                                        "it is not the one, without what was signed, that this"
                                                + " was decided about",
                                        "See how it is: skein audit continue"));
        own.append(tx, List.of(entry(tx, lost, decided.reason(), actor, at)));
    }

    private static Own entry(Db.Tx tx, Lost lost, String reason, String actor, Instant at) {
        var root = Digests.hex(MerkleProofs.root(new StoredNodes(tx), lost.from()));
        var told = new Told(lost.note(), lost.signed(), lost.from(), root, reason);
        return Own.ofLog(DepartedCheckpoints.TYPE, Json.text(told), actor, at);
    }

    /** Whether the log tells that it does not keep to a checkpoint. */
    static boolean isTold(Db.Tx tx, String note) {
        return readAll(tx).stream().anyMatch(one -> one.says().path("note").asText().equals(note));
    }

    /** The number of the entry that tells of entries up to that size which are lost. */
    static Optional<Long> about(Db.Tx tx, long size) {
        return readAll(tx).stream()
                .filter(one -> one.says().path("from").asLong() < size)
                .filter(one -> size <= one.says().path("signed").asLong())
                .map(Entered::index)
                .findFirst();
    }

    private record Entered(long index, JsonNode says) {}

    private static List<Entered> readAll(Db.Tx tx) {
        return tx.list(
                "SELECT index, envelope FROM entry WHERE source = $1 ORDER BY index",
                row -> new Entered(row.getLong(0), payload(row.getBuffer(1).getBytes())),
                DepartedCheckpoints.STREAM);
    }

    private static JsonNode payload(byte[] envelope) {
        return Json.read(envelope, JsonNode.class).path("payload");
    }
}
