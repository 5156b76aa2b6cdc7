// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults.work;

import java.util.ArrayList;
import java.util.List;

/** What did not hold, collected from whoever sees it. */
public final class Violations {
    /**
     * One.
     *
     * @param invariant which did not hold, for example {@code I1}
     * @param evidence what was found where
     */
    public record Violation(String invariant, String evidence) {
        @Override
        public String toString() {
            return invariant + ": " + evidence;
        }
    }

    private final List<Violation> found = new ArrayList<>();

    public synchronized void add(String invariant, String evidence) {
        found.add(new Violation(invariant, evidence));
    }

    /** Those found since the last call. */
    public synchronized List<Violation> take() {
        var taken = List.copyOf(found);
        found.clear();
        return taken;
    }
}
