// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.event;

import java.util.List;

/**
 * What rehearsals showed, as it is written down for others.
 *
 * @param postgres the server's major version
 */
public record RehearsalEvidence(int postgres, List<RehearsalResult> revisions) {
    public RehearsalEvidence {
        revisions = List.copyOf(revisions);
    }
}
