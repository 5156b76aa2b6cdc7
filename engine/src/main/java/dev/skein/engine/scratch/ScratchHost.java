// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.scratch;

import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.server.PostgresPrograms;
import java.util.Optional;

/** The server process behind scratch databases: one of our own, or somebody else's. */
interface ScratchHost extends AutoCloseable {
    /** A database for who makes and drops databases and roles there. */
    DatabaseAddress administered(String database);

    /** A database for who owns the scratch databases. */
    DatabaseAddress owned(String database);

    /** Who that is. */
    String owner();

    /** Where databases and roles are made from. */
    String maintenance();

    int major();

    /** What CREATE DATABASE takes besides, as SQL. */
    String options();

    /** The programs of its version, where this machine has them. */
    Optional<PostgresPrograms> programs();

    @Override
    void close();
}
