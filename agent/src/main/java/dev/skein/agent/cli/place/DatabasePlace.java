// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.place;

import dev.skein.agent.cli.project.LibpqDefaults;
import dev.skein.agent.cli.project.ProjectFile;
import dev.skein.agent.daemon.config.SecretReferences;
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

    /** A database by its address; what that leaves out is where psql finds it. */
    public static DatabasePlace byUrl(String url) {
        var address = LibpqDefaults.system().complete(DatabaseAddress.parse(url), null);
        return of(address.url(), address);
    }

    /** A database with its password, from where the file says, else from where psql has it. */
    public static DatabasePlace resolved(String name, ProjectFile.Database database) {
        var reference = database.password();
        var password =
                reference == null ? null : SecretReferences.resolve("Database " + name, reference);
        return of(name, LibpqDefaults.system().complete(database.address(), password));
    }

    /** A tenant's schema in it. */
    DatabasePlace schema(Scope tenant) {
        return new DatabasePlace(name + " " + tenant.schema(), address, tenant);
    }
}
