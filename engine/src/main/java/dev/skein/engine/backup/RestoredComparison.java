// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup;

import java.util.List;

/**
 * A restored database beside what was noted when it was saved.
 *
 * @param wrong what is not as it was, in words
 * @param uncompared what was noted in a way that nothing here can be held against, in words
 */
record RestoredComparison(List<String> wrong, List<String> uncompared) {
    RestoredComparison {
        wrong = List.copyOf(wrong);
        uncompared = List.copyOf(uncompared);
    }

    /** What to say of what was not compared. */
    String doubt() {
        return "not compared: " + String.join(", ", uncompared);
    }
}
