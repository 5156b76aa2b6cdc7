// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.scratch;

import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.postgres.PgSession;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** A database to try things on; closing drops it, whoever is still connected. */
public final class ScratchDatabase implements AutoCloseable {
    private static final String UNDEFINED = "42704";
    private static final Pattern MISSING = Pattern.compile("role \"(.+)\" does not exist");

    private final ScratchServer server;
    private final String name;

    ScratchDatabase(ScratchServer server, String name) {
        this.server = server;
        this.name = name;
    }

    /** Where it is, for its owner, who may do everything. */
    public DatabaseAddress address() {
        return server.address(name);
    }

    /** What connects to it. */
    public PgClient client() {
        return server.client();
    }

    /** The server it is on. */
    public ScratchServer server() {
        return server;
    }

    /** A session; close it before copying. */
    public PgSession open() {
        return server.open(name);
    }

    /**
     * A session for bringing rows: it fires no triggers and checks no foreign keys. It has no more
     * rights than any other.
     */
    public PgSession openFilling() {
        return server.openFilling(name);
    }

    /**
     * Restores an archive of pg_dump with the server's own pg_restore.
     *
     * @return what the program complained of; empty where all of it was restored
     */
    public String restore(Path archive) {
        return server.restore(archive, name);
    }

    /** A copy as it is now. Nobody may be connected to it meanwhile. */
    public ScratchDatabase copy() {
        return server.create(name);
    }

    /**
     * Runs statements in one transaction. Roles that they mention are made as they are needed,
     * since they are the cluster's and not the schema's.
     *
     * @throws PgServerError for what the server refuses
     */
    public void run(String sql, Duration bound) {
        var made = new HashSet<String>();
        while (true) {
            try (var session = open()) {
                session.script("BEGIN; " + sql + "\n; COMMIT", bound);
                return;
            } catch (PgServerError e) {
                if (!makeMissingRole(e.sqlState(), e.serverMessage(), made)) {
                    throw e;
                }
            }
        }
    }

    /**
     * Makes the role that a failed statement did not find, so that it can be tried again.
     *
     * @param made those made so far; the new one is added
     * @return false where something else was wrong
     */
    public boolean makeMissingRole(String sqlState, String message, Set<String> made) {
        var matcher = MISSING.matcher(message);
        var role = UNDEFINED.equals(sqlState) && matcher.find() ? matcher.group(1) : "";
        if (role.isEmpty() || !made.add(role)) {
            return false;
        }
        server.role(role);
        return true;
    }

    @Override
    public void close() {
        server.drop(name);
    }
}
