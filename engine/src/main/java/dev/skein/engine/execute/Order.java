// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.journal.Author;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.script.Scripts;

/** One database or schema, what is wanted of it, for whom, within which limits. */
public record Order(
        DatabaseAddress address,
        Scope scope,
        Scripts scripts,
        Goal goal,
        Author author,
        Limits limits) {

    /** The journal's key: empty for the whole database. */
    String target() {
        return scope.schema();
    }
}
