// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.order;

import dev.skein.engine.journal.EntryDraft;
import dev.skein.engine.journal.Envelope;
import dev.skein.engine.journal.JournalState;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What is done under the tenant's lock before the first step of a run that has any. */
@FunctionalInterface
public interface Safeguard {
    /** Nothing. */
    Safeguard NONE = (state, history, stop) -> Optional.empty();

    /**
     * Does it. The run is refused with what this throws; nothing was changed then.
     *
     * @param state where the journal stands
     * @param history what it holds
     * @param stop to be asked several times a second: once it is true the lock is lost, and what is
     *     thrown then is told as that
     * @return what the journal shall say of it; nothing where there was nothing to do
     */
    Optional<EntryDraft> before(JournalState state, List<Envelope> history, BooleanSupplier stop);
}
