// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup;

import dev.skein.engine.postgres.DatabaseAddress;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What PostgreSQL's programs are told and tell: a password not where other users of the machine see
 * it, complaints without the values of rows.
 */
final class Connections {
    private static final int MOST = 3;

    private Connections() {}

    /** The errors of what a program says, without details that name values. */
    static String inWords(String complaints) {
        if (complaints.isEmpty()) {
            return "";
        }
        var errors =
                complaints
                        .lines()
                        .filter(line -> line.contains("error: "))
                        .limit(MOST)
                        .collect(Collectors.joining("; "));
        return errors.isEmpty() ? "it failed" : errors;
    }

    static Map<String, String> secrets(DatabaseAddress address) {
        var password = address.password();
        return password == null ? Map.of() : Map.of("PGPASSWORD", password);
    }
}
