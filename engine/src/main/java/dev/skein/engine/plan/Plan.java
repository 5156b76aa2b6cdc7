// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.plan;

import java.util.List;

/**
 * The steps that take one database from its heads to a target; none where it is there already.
 *
 * @param from the heads it starts from, sorted
 * @param to the heads it ends at, sorted
 */
public record Plan(List<String> from, List<String> to, List<Step> steps) {
    public Plan {
        from = List.copyOf(from);
        to = List.copyOf(to);
        steps = List.copyOf(steps);
    }

    public boolean isEmpty() {
        return steps.isEmpty();
    }

    /** The ids in the order they are walked. */
    public List<String> path() {
        return steps.stream().map(Step::revision).toList();
    }
}
