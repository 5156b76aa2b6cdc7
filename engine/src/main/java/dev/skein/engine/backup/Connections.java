// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup;

import dev.skein.engine.postgres.DatabaseAddress;
import java.util.Map;

/** How PostgreSQL's programs are told a password: not where other users of the machine see it. */
final class Connections {
    private Connections() {}

    static Map<String, String> secrets(DatabaseAddress address) {
        var password = address.password();
        return password == null ? Map.of() : Map.of("PGPASSWORD", password);
    }
}
