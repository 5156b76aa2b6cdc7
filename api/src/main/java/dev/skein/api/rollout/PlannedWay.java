// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rollout;

import java.util.List;

/**
 * A way through the revisions that databases of a plan go.
 *
 * @param uid of the last one that goes it, which is as it is for longest
 * @param site where that is
 */
public record PlannedWay(List<String> path, int wave, String uid, String site) {
    public PlannedWay {
        path = List.copyOf(path);
    }
}
