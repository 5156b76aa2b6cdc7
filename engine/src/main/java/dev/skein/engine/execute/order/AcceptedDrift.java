// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.order;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's word that a schema may differ from what the journal left, and is how it must be from
 * now on.
 *
 * @param reason why; the journal keeps it
 * @param observed the only fingerprint that it is true of; null for whatever is found
 */
public record AcceptedDrift(String reason, @Nullable String observed) {
    public AcceptedDrift {
        Objects.requireNonNull(reason, "reason");
    }

    /** Of whatever is found, where there is a reason. */
    public static @Nullable AcceptedDrift of(@Nullable String reason) {
        return reason == null ? null : new AcceptedDrift(reason, null);
    }

    public boolean covers(String found) {
        return observed == null || observed.equals(found);
    }
}
