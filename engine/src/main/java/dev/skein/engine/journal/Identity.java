// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.journal;

import dev.skein.engine.Digests;
import java.nio.charset.StandardCharsets;

/**
 * Which database this is, as its server says.
 *
 * @param systemIdentifier of the cluster
 * @param databaseOid its number there
 * @param place its name
 */
public record Identity(String systemIdentifier, long databaseOid, String place) {
    private static final int DIGITS = 32;

    /** The uid that a database gets at first contact; known before anything is written to it. */
    public String uid(String target) {
        var text = "skein uid\n" + systemIdentifier + "\n" + databaseOid + "\n" + target;
        return Digests.hex(Digests.sha256(text.getBytes(StandardCharsets.UTF_8)))
                .substring(0, DIGITS);
    }
}
