// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.journal.Author;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.script.Scripts;

/**
 * One database, what is wanted of it, for whom, within which limits.
 *
 * @param target the database itself (empty), or a schema of it
 */
public record Order(
        DatabaseAddress address,
        String target,
        Scripts scripts,
        Goal goal,
        Author author,
        Limits limits) {}
