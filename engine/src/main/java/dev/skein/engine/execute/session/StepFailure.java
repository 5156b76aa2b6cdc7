// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.session;

import dev.skein.engine.execute.order.MigrationFailed;
import dev.skein.engine.postgres.PgServerError;

/** A step's transaction failed: the server's error, and what it means for the revision. */
public final class StepFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient PgServerError error;
    private final transient MigrationFailed failure;

    public StepFailure(PgServerError error, MigrationFailed failure) {
        super(error);
        this.error = error;
        this.failure = failure;
    }

    public PgServerError error() {
        return error;
    }

    public MigrationFailed failure() {
        return failure;
    }
}
