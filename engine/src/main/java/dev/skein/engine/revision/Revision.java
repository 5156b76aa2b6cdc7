// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.revision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A node of the revision graph.
 *
 * @param id unique in its graph; any text without {@code @}, {@code +}, {@code -}, {@code :} and
 *     blanks
 * @param revises its parents: none for a base, several for a merge
 * @param dependsOn revisions that must be applied before it without being its parents
 * @param labels names of the branch that starts here
 */
public record Revision(
        String id,
        List<String> revises,
        List<String> dependsOn,
        List<String> labels,
        String message,
        Instant created) {

    public Revision {
        revises = List.copyOf(revises);
        dependsOn = List.copyOf(dependsOn);
        labels = List.copyOf(labels);
    }

    /** Everything that must be applied before it: parents and dependencies. */
    public List<String> requires() {
        if (dependsOn.isEmpty()) {
            return revises;
        }
        var all = new ArrayList<>(revises);
        all.addAll(dependsOn);
        return List.copyOf(all);
    }

    public boolean isMerge() {
        return revises.size() > 1;
    }
}
