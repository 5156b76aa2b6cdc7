// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.rehearse;

import java.util.List;

/**
 * What rehearsals showed, as it is written down for others.
 *
 * @param postgres the server's major version
 */
public record Evidence(int postgres, List<Rehearsed> revisions) {
    public Evidence {
        revisions = List.copyOf(revisions);
    }
}
