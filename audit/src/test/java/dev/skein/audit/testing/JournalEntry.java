// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.testing;

import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.journal.Envelope;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a database's journal says, as agents bring it. */
public final class JournalEntry {
    private JournalEntry() {}

    /** An entry of the first incarnation, with the fingerprint that a run left. */
    public static byte[] bytes(
            String uid, long seq, EntryKind kind, Instant at, @Nullable String print) {
        return new Envelope(
                        1,
                        uid,
                        "i",
                        seq,
                        kind,
                        List.of("a"),
                        "ann",
                        at.toString(),
                        "00",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        print,
                        null,
                        null,
                        null)
                .bytes();
    }
}
