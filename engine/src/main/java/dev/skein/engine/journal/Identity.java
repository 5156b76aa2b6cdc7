// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.journal;

import dev.skein.engine.Digests;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Which database this is, as its server says.
 *
 * @param systemIdentifier of the cluster
 * @param databaseOid its number there
 * @param place its name
 * @param site the site and the server's name there, as an agent is configured: names outlive
 *     addresses, which change with a failover or a port. Absent on the command line, where neither
 *     is known
 */
public record Identity(
        String systemIdentifier, long databaseOid, String place, @Nullable String site) {
    private static final int DIGITS = 32;

    /** Whether both are the same database; sites count where both are known. */
    public boolean isSame(Identity other) {
        return systemIdentifier.equals(other.systemIdentifier)
                && databaseOid == other.databaseOid
                && place.equals(other.place)
                && (site == null || other.site == null || site.equals(other.site));
    }

    /** For people. */
    public String inWords() {
        return place
                + " in cluster "
                + systemIdentifier
                + " (OID "
                + databaseOid
                + (site == null ? ")" : ", at " + site + ")");
    }

    /** What tells this place from every other one that an agent sees, whatever its journal says. */
    public String placeUid() {
        return hashed("skein place\n" + systemIdentifier + "\n" + databaseOid + "\n" + site);
    }

    /** The uid that a database gets at first contact; known before anything is written to it. */
    public String uid(String target) {
        return hashed("skein uid\n" + systemIdentifier + "\n" + databaseOid + "\n" + target);
    }

    private static String hashed(String text) {
        return Digests.hex(Digests.sha256(text.getBytes(StandardCharsets.UTF_8)))
                .substring(0, DIGITS);
    }
}
