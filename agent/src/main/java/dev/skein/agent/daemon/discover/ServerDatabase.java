// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.discover;

import dev.skein.engine.journal.DatabaseIdentity;
import dev.skein.engine.postgres.DatabaseAddress;
import java.util.Map;

/**
 * A database on a server, as the server's list says.
 *
 * @param oid its number there
 * @param sizeBytes as last asked; 0 where it was not yet
 * @param parallel how many databases of its server may be migrated at once
 * @param site the site, and the server's name there
 */
public record ServerDatabase(
        String server,
        String name,
        long oid,
        String systemIdentifier,
        int serverMajor,
        long sizeBytes,
        DatabaseAddress address,
        Map<String, String> labels,
        int parallel,
        String site) {
    public ServerDatabase {
        labels = Map.copyOf(labels);
    }

    /** What makes it the same place at the next look; a copy of a server has its numbers, too. */
    public String key() {
        return server + "/" + systemIdentifier + "/" + oid;
    }

    /** The same with another size. */
    ServerDatabase withSize(long bytes) {
        return bytes == sizeBytes
                ? this
                : new ServerDatabase(
                        server,
                        name,
                        oid,
                        systemIdentifier,
                        serverMajor,
                        bytes,
                        address,
                        labels,
                        parallel,
                        site);
    }

    /** Which database it is, as a journal in it must say. */
    DatabaseIdentity identity() {
        return new DatabaseIdentity(systemIdentifier, oid, name, site);
    }
}
