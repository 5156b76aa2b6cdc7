// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.journal;

import dev.skein.engine.Digests;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;

/** Gives drafts their number, time and hash. The lock holder computes them before it sends. */
public final class EntryChain {
    private static final int SALT = 16;

    private final Author author;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public EntryChain(Author author, Clock clock) {
        this.author = author;
        this.clock = clock;
    }

    /** The entry that follows a state. */
    public Entry next(JournalState state, EntryDraft draft) {
        var salt = new byte[SALT];
        random.nextBytes(salt);
        var body = draft.text().getBytes(StandardCharsets.UTF_8);
        var bodyHash = Digests.hex(Digests.sha256(salt, body));
        var envelope = envelope(state, draft, bodyHash).bytes();
        return new Entry(
                state.seq() + 1,
                state.incarnation(),
                envelope,
                salt,
                body,
                state.hash(),
                Digests.sha256(state.hash(), envelope));
    }

    private Envelope envelope(JournalState state, EntryDraft draft, String bodyHash) {
        var says = draft.body();
        var of = says.version();
        return new Envelope(
                Envelope.VERSION,
                state.uid(),
                state.incarnation(),
                state.seq() + 1,
                says.kind(),
                draft.heads(),
                author.actor(),
                clock.instant().truncatedTo(ChronoUnit.MICROS).toString(),
                bodyHash,
                of == null ? null : of.id(),
                says.checksum(),
                author.rollout(),
                author.generation(),
                says.statement(),
                says.outcome(),
                draft.fingerprint(),
                says.millis(),
                says.sqlState(),
                says.signature());
    }
}
