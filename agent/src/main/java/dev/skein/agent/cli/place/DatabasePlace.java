// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.place;

import dev.skein.engine.execute.order.Scope;
import dev.skein.engine.postgres.DatabaseAddress;

/**
 * One database, or one schema of it, that a command is about.
 *
 * @param name what people call it: its name in the project's file, else its address
 */
public record DatabasePlace(String name, DatabaseAddress address, Scope scope) {
    /** The whole of a database. */
    public static final Scope WHOLE = Scope.DATABASE;

    static DatabasePlace of(String name, DatabaseAddress address) {
        return new DatabasePlace(name, address, WHOLE);
    }

    /** A tenant's schema in it. */
    DatabasePlace schema(Scope tenant) {
        return new DatabasePlace(name + " " + tenant.schema(), address, tenant);
    }
}
