// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.log;

import org.jspecify.annotations.Nullable;

/**
 * Something to be appended, as received.
 *
 * @param source whose history it belongs to, for example {@code db/<uid>/<incarnation>}
 * @param seq its number there, from 1
 * @param envelope the bytes that the source's chain hashes; the entry of the log
 * @param record the whole record, for parking it
 * @param says what its envelope says
 */
@SuppressWarnings("ArrayRecordComponent")
public record ReceivedEntry(
        String source,
        long seq,
        byte[] envelope,
        byte[] prevHash,
        byte[] hash,
        byte @Nullable [] salt,
        byte @Nullable [] body,
        byte[] record,
        EntryFacet says) {
    /** The same, its envelope being read here. */
    public ReceivedEntry(
            String source,
            long seq,
            byte[] envelope,
            byte[] prevHash,
            byte[] hash,
            byte @Nullable [] salt,
            byte @Nullable [] body,
            byte[] record) {
        this(source, seq, envelope, prevHash, hash, salt, body, record, EntryFacet.of(envelope));
    }

    /** What its envelope says that it is; empty where it says nothing. */
    String kind() {
        return says.kind();
    }

    /** What all incarnations of the same database share; the source itself for anything else. */
    String family() {
        return source.startsWith("db/") ? source.substring(0, source.lastIndexOf('/') + 1) : source;
    }
}
