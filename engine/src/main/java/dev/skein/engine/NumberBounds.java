// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine;

import org.jspecify.annotations.Nullable;

/** How large the numbers of a record may be, so that whoever counts on from them can. */
public final class NumberBounds {
    /** The largest whole number that every reader of JSON knows exactly (RFC 8259, section 6). */
    private static final long LARGEST = (1L << 53) - 1;

    /**
     * A hundred years, in seconds: no moment lies so far back that a database has no name for it.
     */
    private static final long LONGEST = 100L * 366 * 24 * 3600;

    private NumberBounds() {}

    /** Whether a number is not too large. */
    public static boolean isNumber(long number) {
        return within(number, LARGEST);
    }

    /**
     * Refuses a number that is too large.
     *
     * @param what the number is; absent numbers are as good as any
     */
    public static void number(@Nullable Long number, String what) {
        require(number == null || isNumber(number), number, what);
    }

    /** Refuses a time that is too long. */
    public static void seconds(long seconds, String what) {
        require(within(seconds, LONGEST), seconds, what);
    }

    private static boolean within(long number, long bound) {
        return -bound <= number && number <= bound;
    }

    private static void require(boolean fits, @Nullable Long number, String what) {
        if (!fits) {
            throw new IllegalArgumentException("no " + what + ": " + number);
        }
    }
}
