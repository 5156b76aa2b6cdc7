// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.answer;

import java.util.List;

/**
 * A database of the fleet.
 *
 * @param problem why it cannot be managed; empty for nothing
 * @param notSeenSince when it was last there; empty of one that is
 */
public record ListedDatabase(
        String uid,
        String site,
        String server,
        String name,
        List<String> heads,
        long seq,
        String fingerprint,
        String problem,
        String notSeenSince) {
    /** Whether it is not there any more. */
    public boolean isGone() {
        return !notSeenSince.isEmpty();
    }
}
