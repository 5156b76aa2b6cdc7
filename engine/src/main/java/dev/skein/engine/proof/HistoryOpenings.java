// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.proof;

import dev.skein.engine.Digests;
import dev.skein.engine.SkeinException;
import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.journal.Envelope;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Histories that begin behind another incarnation of the same database: it was restored. Where the
 * journal tells of the backup, the entry before that is the only one that it can go on from; of a
 * backup that somebody else took nothing is known. A copy that is a database of its own begins
 * where it became one: what is before that is the original's, which need not be in this log.
 */
final class HistoryOpenings {
    private static final String DATABASES = "db/";

    /** What stood last when backups were taken, by database and number. */
    private final Set<String> saved = new HashSet<>();

    /** How far histories of each database have come, by its uid. */
    private final Map<String, Long> reached = new HashMap<>();

    /** Takes note of an entry. */
    void hear(String source, long seq, byte[] envelope, byte[] prev, EnvelopeClaims says) {
        if (!source.startsWith(DATABASES)) {
            return;
        }
        if (says.kind().equals(EntryKind.BACKED_UP.wire())
                && kind(envelope) == EntryKind.BACKED_UP) {
            saved.add(place(source, seq - 1, prev));
        }
        reached.merge(says.uid(), seq, Math::max);
    }

    /** Whether an entry, the first one of its source, may begin it. */
    boolean isOne(String source, long seq, byte[] envelope, byte[] prev, String uid) {
        if (!source.startsWith(DATABASES) || seq == 1) {
            return false;
        }
        return switch (kind(envelope)) {
            case RESTORED -> saved.contains(place(source, seq - 1, prev));
            case ADOPTED ->
                    reached.getOrDefault(uid, 0L) >= seq - 1 || Envelope.isOfClone(envelope);
            case null, default -> false;
        };
    }

    private static String place(String source, long seq, byte[] hash) {
        return family(source) + seq + "/" + Digests.hex(hash);
    }

    private static String family(String source) {
        return source.substring(0, source.lastIndexOf('/') + 1);
    }

    private static @Nullable EntryKind kind(byte[] envelope) {
        try {
            return Envelope.parse(envelope).kind();
        } catch (SkeinException e) {
            return null; // no entry of a journal
        }
    }
}
