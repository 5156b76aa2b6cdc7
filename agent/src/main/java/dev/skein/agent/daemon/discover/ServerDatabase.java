// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.discover;

import dev.skein.engine.journal.DatabaseIdentity;
import dev.skein.engine.postgres.DatabaseAddress;
import java.util.Map;

/**
 * A database on a server, as the server's list says.
 *
 * @param oid its number there
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

    /** Which database it is, as a journal in it must say. */
    DatabaseIdentity identity() {
        return new DatabaseIdentity(systemIdentifier, oid, name, site);
    }
}
