// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.order;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The steps that somebody approved for a database. What is left of them may run, and nothing else:
 * who is not where the plan found it would be changed in a way that nobody has seen.
 *
 * @param revisions in the order they are walked, up or down. Their text is not repeated here: the
 *     bundle that they are in is known by its digest
 */
public record ApprovedPath(List<String> revisions) {
    public ApprovedPath {
        revisions = List.copyOf(revisions);
    }

    /** Of what a directive says; older ones name none. */
    public static @Nullable ApprovedPath of(@Nullable List<String> revisions) {
        return revisions == null ? null : new ApprovedPath(revisions);
    }

    /** Whether a way is its end: nothing of it, where somebody has gone all of it before. */
    public boolean covers(List<String> way) {
        int gone = revisions.size() - way.size();
        return gone >= 0 && revisions.subList(gone, revisions.size()).equals(way);
    }
}
