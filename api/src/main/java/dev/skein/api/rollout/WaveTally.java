// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rollout;

/**
 * The count of one wave.
 *
 * @param planned how many databases it has
 * @param open how many have an open directive
 * @param aside how many were set aside while it ran
 */
public record WaveTally(int wave, int planned, int open, int succeeded, int failed, int aside) {
    /** How many wait for a directive. */
    public int pending() {
        return planned - open - succeeded - failed - aside;
    }

    /** Whether it is through and no database of it was migrated, since some were set aside. */
    public boolean isFruitless() {
        return isDrained() && succeeded == 0 && aside > 0;
    }

    /** Whether every database has an outcome. */
    public boolean isDrained() {
        return succeeded + failed + aside == planned;
    }
}
