// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.step;

import dev.skein.engine.execute.order.MigrationFailed;
import dev.skein.engine.execute.session.StepFailure;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.postgres.PgServerError;
import org.jspecify.annotations.Nullable;

/** A failure outside a transaction, after entries were written: carries the state they left. */
public final class NonTransactionalFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient MigrationFailed failure;
    private final transient @Nullable PgServerError error;
    private final transient JournalState state;

    /**
     * @param error the server's error behind it, where waiting may heal that; null where it will
     *     not
     */
    NonTransactionalFailure(
            MigrationFailed failure, @Nullable PgServerError error, JournalState state) {
        super(failure);
        this.failure = failure;
        this.error = error;
        this.state = state;
    }

    public JournalState state() {
        return state;
    }

    /** The same as whoever carries out any step expects it: with a server's error, or for good. */
    public RuntimeException asOfStep() {
        return error == null ? failure : new StepFailure(error, failure);
    }
}
