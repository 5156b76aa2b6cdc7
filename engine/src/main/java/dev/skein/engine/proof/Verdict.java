// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.proof;

import java.util.Locale;

/**
 * What an offline verification came to.
 *
 * @param entries that were read
 * @param size of the last checkpoint that was verified; 0 where there was none
 * @param place where the matter is, in words; empty where all is well
 * @param found what is the matter; empty where all is well
 */
public record Verdict(Status status, long entries, long size, String place, String found) {
    /** The ends that a verification comes to. */
    public enum Status {
        /** Everything is as it was signed. */
        INTACT(0),
        /** Something is not as it was signed. */
        TAMPERED(1),
        /** Something is missing, so that not everything can be told. */
        INCOMPLETE(3),
        /** Nobody that is trusted has signed it. */
        UNKNOWN_KEY(4);

        private final int exitCode;

        Status(int exitCode) {
            this.exitCode = exitCode;
        }

        /** As reports have it. */
        public String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }

        public int exitCode() {
            return exitCode;
        }
    }
}
