// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.session;

import dev.skein.engine.journal.DatabaseIdentity;
import dev.skein.engine.journal.JournalState;

/**
 * The journal as a session found it under the lock, or made it.
 *
 * @param here which database it is in
 * @param boundTo which place it belongs to
 * @param isNew whether this session made it, and so is its only holder
 * @param mayBatch whether a batched change may be under way
 */
record OpenedJournal(
        DatabaseIdentity here,
        DatabaseIdentity boundTo,
        JournalState state,
        boolean isNew,
        boolean mayBatch) {}
