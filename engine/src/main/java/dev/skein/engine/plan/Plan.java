// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.plan;

import java.util.List;
import java.util.Optional;

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

    /**
     * What is left of it for a database that has walked a part.
     *
     * @param heads where the database is; nothing if that is not on the way
     */
    public Optional<Plan> rest(List<String> heads) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).headsBefore().equals(heads)) {
                return Optional.of(new Plan(heads, to, steps.subList(i, steps.size())));
            }
        }
        return to.equals(heads) ? Optional.of(new Plan(heads, to, List.of())) : Optional.empty();
    }

    /** The ids in the order they are walked. */
    public List<String> path() {
        return steps.stream().map(Step::revision).toList();
    }
}
