// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.session;

import dev.skein.engine.execute.order.Safeguard;
import dev.skein.engine.journal.EntryDraft;
import dev.skein.engine.journal.Envelope;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.postgres.PgSession;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Lets a safeguard work as long as the session that has the lock lives, and no longer. */
public final class SafeguardWatch {
    private final Safeguard safeguard;
    private final PgSession session;
    private final Duration answer;

    /**
     * @param answer how long the server may be silent meanwhile
     */
    public SafeguardWatch(Safeguard safeguard, PgSession session, Duration answer) {
        this.safeguard = safeguard;
        this.session = session;
        this.answer = answer;
    }

    /** Whether it does nothing. */
    public boolean isIdle() {
        return safeguard.equals(Safeguard.NONE);
    }

    /**
     * Does it; a lost session ends it, and is what is told then.
     *
     * @throws RuntimeException as the safeguard does; of a lost session, that it was lost
     */
    public Optional<EntryDraft> before(JournalState state, List<Envelope> history) {
        try (var alive = KeepAlive.within(answer, session)) {
            try {
                return safeguard.before(state, history, () -> alive.lost().isPresent());
            } catch (RuntimeException e) {
                throw alive.lost().<RuntimeException>map(lost -> lost).orElse(e);
            }
        }
    }
}
