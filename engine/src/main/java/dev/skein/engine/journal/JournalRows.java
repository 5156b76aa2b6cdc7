// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.journal;

import dev.skein.engine.NumberBounds;
import dev.skein.engine.postgres.PgSession;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows of a journal. A tenant's revisions can write what they like there: what no Skein
 * writes is refused with words, before anything is done with it.
 */
final class JournalRows {
    private static final int HASH = 32;
    private static final List<String> NEVER_NULL =
            List.of("uid", "incarnation", "seq", "hash", "epoch", "accepted", "heads");

    /** The columns that {@link #state} reads. */
    static final String STATE = String.join(", ", NEVER_NULL) + ", fingerprint";

    private final PgSession session;
    private final String target;

    JournalRows(PgSession session, String target) {
        this.session = session;
        this.target = target;
    }

    /**
     * Where a journal stands.
     *
     * @param named the uid that the entry with a number was written under; null where it tells none
     */
    JournalState state(Row row, LongFunction<@Nullable String> named) {
        NEVER_NULL.stream().filter(column -> row.getValue(column) == null).forEach(this::blank);
        long seq = row.getLong("seq");
        return new JournalState(
                uid(row, named),
                row.getString("incarnation"),
                number(row, "seq"),
                hash(row, "hash", seq),
                number(row, "epoch"),
                number(row, "accepted"),
                heads(row),
                row.getString("fingerprint"));
    }

    private List<String> heads(Row row) {
        var heads = Arrays.asList(row.getArrayOfStrings("heads"));
        if (heads.contains(null)) {
            blank("heads");
        }
        return List.copyOf(heads);
    }

    /** Whoever counts on from it must be able to, and whoever it is told, too. */
    private long number(Row row, String column) {
        long number = row.getLong(column);
        if (!NumberBounds.isNumber(number)) {
            throw UnreadableJournal.beyond(session, column, number);
        }
        return number;
    }

    private void blank(String column) {
        throw UnreadableJournal.blank(session, column);
    }

    /** Folders and topics are named by it. */
    private String uid(Row row, LongFunction<@Nullable String> named) {
        var uid = row.getString("uid");
        if (!DatabaseIdentity.isUid(uid)) {
            throw UnreadableJournal.noUid(session, target, uid, named.apply(row.getLong("seq")));
        }
        return uid;
    }

    /** What a journal says of the database that it is in. */
    static DatabaseIdentity identity(Row row) {
        return new DatabaseIdentity(
                row.getString("system_identifier"),
                row.getLong("database_oid"),
                row.getString("place"),
                row.getString("site"));
    }

    /** An entry. */
    Entry entry(Row row) {
        Buffer body = row.getBuffer("body");
        long seq = row.getLong("seq");
        return new Entry(
                seq,
                row.getString("incarnation"),
                bytes(row, "envelope", seq),
                bytes(row, "salt", seq),
                body == null ? null : body.getBytes(),
                hash(row, "prev_hash", seq),
                hash(row, "hash", seq));
    }

    private byte[] hash(Row row, String column, long seq) {
        var hash = bytes(row, column, seq);
        if (hash.length != HASH) {
            throw UnreadableJournal.noHash(session, seq);
        }
        return hash;
    }

    private byte[] bytes(Row row, String column, long seq) {
        var bytes = row.getBuffer(column);
        if (bytes == null) {
            throw UnreadableJournal.lacking(session, seq, column);
        }
        return bytes.getBytes();
    }
}
