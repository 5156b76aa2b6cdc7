// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.postgres.PgServerError;

/** A step's transaction failed: the server's error, and what it means for the revision. */
final class StepFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient PgServerError error;
    private final transient MigrationFailed failure;

    StepFailure(PgServerError error, MigrationFailed failure) {
        super(error);
        this.error = error;
        this.failure = failure;
    }

    PgServerError error() {
        return error;
    }

    MigrationFailed failure() {
        return failure;
    }
}
