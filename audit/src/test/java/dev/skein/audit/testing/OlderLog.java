// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.testing;

import dev.skein.audit.log.ReceivedEntry;
import dev.skein.engine.proof.MerkleFrontier;
import dev.skein.service.database.Db;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/**
 * Appends as the version before the log was in parts did: it knows nothing of parts, and notes what
 * an entry goes on from only where that is not the entry before it.
 */
public final class OlderLog {
    private OlderLog() {}

    /** Appends entries that go on from what the log has, fewer than a tile has room for. */
    public static void append(Db.Tx tx, List<ReceivedEntry> entries) {
        var state = tx.query("SELECT size, frontier FROM log_state FOR UPDATE").iterator().next();
        var frontier = new MerkleFrontier(state.getLong(0), state.getBuffer(1).getBytes());
        for (var entry : entries) {
            append(tx, frontier, entry);
        }
        tx.query(
                "UPDATE log_state SET size = $1, frontier = $2, root = $3",
                frontier.size(),
                Buffer.buffer(frontier.bytes()),
                Buffer.buffer(frontier.root()));
    }

    private static void append(Db.Tx tx, MerkleFrontier frontier, ReceivedEntry entry) {
        long index = frontier.size();
        var says = entry.says();
        tx.query(
                """
                INSERT INTO facet SELECT $1 + n - 1, kind, NULL, rollout, NULL, actor, NULL
                FROM unnest($2::text[], $3::text[], $4::text[]) WITH ORDINALITY AS f(kind, rollout, actor, n)
                """,
                index,
                new String[] {says.kind()},
                new String[] {says.rollout()},
                new String[] {says.actor()});
        tx.query(
                """
                INSERT INTO entry(index, source, seq, envelope, hash, leaf, prev)
                VALUES ($1, $2, $3, $4, $5, $6, NULL)
                """,
                index,
                entry.source(),
                entry.seq(),
                Buffer.buffer(entry.envelope()),
                Buffer.buffer(entry.hash()),
                Buffer.buffer(frontier.append(entry.envelope())));
        tx.query(
                """
                INSERT INTO source(id, next_seq, last_hash, state) VALUES ($1, $2, $3, 'live')
                ON CONFLICT (id) DO UPDATE SET next_seq = excluded.next_seq, last_hash = excluded.last_hash
                """,
                entry.source(),
                entry.seq() + 1,
                Buffer.buffer(entry.hash()));
    }
}
