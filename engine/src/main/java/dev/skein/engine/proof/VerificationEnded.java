// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.proof;

import dev.skein.engine.proof.Verdict.Status;
import java.util.function.Supplier;

/** Something is the matter with an export; ends the reading. */
final class VerificationEnded extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final Status status;
    private final boolean unreadable;

    VerificationEnded(Status status, String found) {
        this(status, found, false);
    }

    VerificationEnded(Status status, String found, boolean unreadable) {
        super(found);
        this.status = status;
        this.unreadable = unreadable;
    }

    /** Ends it as tampered with, unless something holds. */
    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new VerificationEnded(Status.TAMPERED, otherwise);
        }
    }

    /** The same. */
    static void require(boolean holds, Supplier<String> otherwise) {
        if (!holds) {
            throw new VerificationEnded(Status.TAMPERED, otherwise.get());
        }
    }

    /** What it comes to. */
    Status status() {
        return status;
    }

    /** Whether a line cannot be read, which may be for want of its end. */
    boolean isUnreadable() {
        return unreadable;
    }
}
