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
    public Entry next(JournalState state, Draft draft) {
        var salt = new byte[SALT];
        random.nextBytes(salt);
        var body = draft.body().getBytes(StandardCharsets.UTF_8);
        var envelope =
                new Envelope(
                                Envelope.VERSION,
                                state.uid(),
                                state.incarnation(),
                                state.seq() + 1,
                                draft.kind(),
                                draft.heads(),
                                author.actor(),
                                clock.instant().truncatedTo(ChronoUnit.MICROS).toString(),
                                Digests.hex(Digests.sha256(salt, body)),
                                draft.revision(),
                                draft.checksum(),
                                author.rollout(),
                                author.generation(),
                                draft.statement(),
                                draft.outcome(),
                                draft.fingerprint(),
                                draft.millis(),
                                draft.sqlState(),
                                draft.signature())
                        .bytes();
        return new Entry(
                state.seq() + 1,
                state.incarnation(),
                envelope,
                salt,
                body,
                state.hash(),
                Digests.sha256(state.hash(), envelope));
    }
}
