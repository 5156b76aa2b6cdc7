// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.event;

import dev.skein.engine.NumberBounds;
import java.util.Objects;

/**
 * What the audit service asks of the control plane: to publish decisions once more that it lacks.
 * They are their own answer; it asks again while they have not come.
 *
 * @param stream for example {@code rollout/billing-2026-11}
 * @param from the number of the first one that it lacks, from 1
 */
public record ResendRequest(String stream, long from) {
    public ResendRequest {
        Objects.requireNonNull(stream, "stream");
        if (from < 1) {
            throw new IllegalArgumentException("no number of a decision: " + from);
        }
        NumberBounds.number(from, "number of a decision");
    }
}
