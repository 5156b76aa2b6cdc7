// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.postgres;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import io.vertx.pgclient.PgException;
import org.jspecify.annotations.Nullable;

/** A database that cannot be connected to, or a connection that broke. */
public final class Unreachable extends SkeinException {
    private static final long serialVersionUID = 1L;

    private final boolean wasConnected;

    /**
     * @param wasConnected whether there was a connection that is gone
     */
    public Unreachable(
            String subject,
            String found,
            String remedy,
            boolean wasConnected,
            @Nullable Throwable cause) {
        super(ErrorCode.FAILED, subject, found, remedy, cause);
        this.wasConnected = wasConnected;
    }

    /** Whether a server answered, and would not have us. */
    public boolean isRefusal() {
        return getCause() instanceof PgException;
    }

    /** Whether work may have reached the server, so that only its journal knows the outcome. */
    public boolean wasConnected() {
        return wasConnected;
    }
}
