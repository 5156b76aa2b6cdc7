// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.skein.engine.Digests;
import dev.skein.engine.NumberBounds;
import dev.skein.engine.journal.Entry;
import dev.skein.engine.journal.Envelope;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A journal entry on the wire. Byte arrays are base64, hashes hexadecimal.
 *
 * @param uid the database
 * @param envelope the bytes that the chain hashes
 * @param body SQL or error text; absent once erased, and where it has more than {@link
 *     #LARGEST_BODY} bytes: the tenant's journal alone has it then
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@SuppressWarnings("ArrayRecordComponent")
public record JournalRecord(
        String uid,
        String incarnation,
        long seq,
        byte[] envelope,
        byte[] salt,
        byte @Nullable [] body,
        String prevHash,
        String hash) {

    /** In bytes: as base64 and with its envelope it fits into a record of 2 MiB. */
    public static final int LARGEST_BODY = 1_280 * 1_024;

    public JournalRecord {
        WireNames.uid(uid);
        WireNames.hash(prevHash);
        WireNames.hash(hash);
        NumberBounds.number(seq, "number of an entry");
        Objects.requireNonNull(incarnation, "incarnation");
        Objects.requireNonNull(envelope, "envelope");
        Objects.requireNonNull(salt, "salt");
    }

    /**
     * Whether it is what its envelope says it is, and its hash and body fit.
     *
     * @param says its envelope, read
     */
    public boolean isGenuine(Envelope says) {
        return says.uid().equals(uid)
                && says.incarnation().equals(incarnation)
                && says.seq() == seq
                && entry().isIntact();
    }

    public static JournalRecord of(String uid, Entry entry) {
        return new JournalRecord(
                uid,
                entry.incarnation(),
                entry.seq(),
                entry.envelope(),
                entry.salt(),
                entry.body(),
                Digests.hex(entry.prevHash()),
                Digests.hex(entry.hash()));
    }

    /** The entry as it stands in the tenant's journal. */
    public Entry entry() {
        return new Entry(
                seq,
                incarnation,
                envelope,
                salt,
                body,
                Digests.bytes(prevHash),
                Digests.bytes(hash));
    }
}
