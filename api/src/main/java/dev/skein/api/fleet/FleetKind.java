// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.fleet;

import java.util.List;

/**
 * Databases that nothing tells apart which decides whether they can be migrated.
 *
 * @param databases how many; none that has a problem, or has drifted
 */
public record FleetKind(String site, int serverMajor, List<String> heads, long databases) {
    public FleetKind {
        heads = List.copyOf(heads);
    }
}
