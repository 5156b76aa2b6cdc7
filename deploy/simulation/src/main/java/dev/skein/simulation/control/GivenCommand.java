// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.control;

/** A command that was given, under a name that nobody else has. */
public record GivenCommand(String by, String what, Heard heard) {
    /** How a command begins that may not be done. */
    static final String WRONG = "wrong ";

    /** What became of a command, as far as whoever gave it knows. */
    public enum Heard {
        DONE,
        REFUSED,
        NOTHING
    }

    /** Whether it may be done at all. */
    public boolean isRight() {
        return !what.startsWith(WRONG);
    }
}
