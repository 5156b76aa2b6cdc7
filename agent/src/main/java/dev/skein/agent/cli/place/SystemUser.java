// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.place;

import dev.skein.engine.journal.Author;

/** The operating system's user. */
public final class SystemUser {
    private SystemUser() {}

    /** As the author of entries. */
    public static Author author() {
        return new Author(System.getProperty("user.name", "unknown"), null, null);
    }
}
