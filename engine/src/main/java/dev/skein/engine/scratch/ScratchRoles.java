// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.scratch;

import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.postgres.SqlLiterals;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The roles that were made on a server, since schemas mention them. */
final class ScratchRoles {
    private static final String EXISTS = "42710";

    private final String owner;
    private final Consumer<String> administer;
    private final List<String> roles = new ArrayList<>();

    /**
     * @param owner who owns the databases
     * @param administer runs a statement as who may make roles
     */
    ScratchRoles(String owner, Consumer<String> administer) {
        this.owner = owner;
        this.administer = administer;
    }

    /** See {@link ScratchServer#role}. */
    synchronized void add(String name) {
        if (!roles.contains(name)) {
            make(name);
        }
    }

    private void make(String name) {
        try {
            administer.accept("CREATE ROLE " + SqlLiterals.name(name) + " NOLOGIN");
        } catch (PgServerError e) {
            if (e.sqlState().equals(EXISTS)) {
                return; // somebody else's, on a server that is not ours alone
            }
            throw e;
        }
        roles.add(name);
        // Its members may own things by it.
        administer.accept("GRANT " + SqlLiterals.name(name) + " TO " + SqlLiterals.name(owner));
    }

    /** Drops those that were made. */
    void dropAll() {
        roles.forEach(this::drop);
    }

    /** A role that somebody else uses by now stays. */
    private void drop(String role) {
        try {
            administer.accept("DROP ROLE IF EXISTS " + SqlLiterals.name(role));
        } catch (PgServerError e) {
            System.getLogger(ScratchServer.class.getName())
                    .log(System.Logger.Level.WARNING, "role {0} stays: {1}", role, e.found());
        }
    }
}
