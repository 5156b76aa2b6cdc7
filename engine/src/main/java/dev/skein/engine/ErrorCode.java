// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine;

/** The kinds of failure a command can end with, and its process exit code. */
public enum ErrorCode {
    /** Something went wrong while working: a server, a file, a migration. */
    FAILED(1),
    /** The words of the command, or a file it was given, are wrong; nothing was started. */
    USAGE(2),
    /** A database is behind its target. */
    BEHIND(3),
    /** Something differs from what it should be, or a check found something. */
    DIFFERS(4),
    /** Interrupted by the user or by a signal. */
    INTERRUPTED(130);

    private final int exitCode;

    ErrorCode(int exitCode) {
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}
