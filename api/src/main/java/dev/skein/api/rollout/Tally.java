// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rollout;

/**
 * The count of one wave.
 *
 * @param planned how many databases it has
 * @param open how many have an open directive
 */
public record Tally(int wave, int planned, int open, int succeeded, int failed) {
    /** How many wait for a directive. */
    public int pending() {
        return planned - open - succeeded - failed;
    }

    /** Whether every database has an outcome. */
    public boolean isDrained() {
        return succeeded + failed == planned;
    }
}
