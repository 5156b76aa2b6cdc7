// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.plan;

import java.util.List;

/**
 * One revision applied or taken back.
 *
 * @param headsBefore what the journal must say before it runs, sorted
 * @param headsAfter what the journal says afterwards, sorted
 */
public record Step(
        Direction direction, String revision, List<String> headsBefore, List<String> headsAfter) {
    public Step {
        headsBefore = List.copyOf(headsBefore);
        headsAfter = List.copyOf(headsAfter);
    }
}
