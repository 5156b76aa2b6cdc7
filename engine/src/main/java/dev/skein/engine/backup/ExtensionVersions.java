// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup;

import dev.skein.engine.backup.RestoreNeeds.Extension;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.postgres.SqlLiterals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives a restored database its extensions in the versions that it had. A dump makes them in the
 * server's default ones, but leaves alone those that are there.
 */
final class ExtensionVersions {
    private static final Duration CREATE_TIMEOUT = Duration.ofMinutes(10);

    private ExtensionVersions() {}

    /**
     * What makes those that the server would make in another version, where it still has theirs;
     * and before them those that they may build on.
     *
     * @param there with the empty database
     * @param noted in the order in which they were made
     */
    static List<String> statements(PgSession there, List<Extension> noted) {
        var known = versions(there, "pg_extension", "extname", "extversion");
        var usual = versions(there, "pg_available_extensions", "name", "default_version");
        var offered = offered(there);
        var statements = new ArrayList<String>();
        int last = 0;
        for (var extension : noted) {
            if (known.containsKey(extension.name())) {
                continue; // every new database has it
            }
            var pinned =
                    !extension.version().equals(usual.get(extension.name()))
                            && offered.contains(extension.name() + " " + extension.version());
            statements.add(statement(extension, pinned));
            last = pinned ? statements.size() : last;
        }
        return List.copyOf(statements.subList(0, last));
    }

    private static String statement(Extension extension, boolean pinned) {
        return "CREATE EXTENSION "
                + SqlLiterals.name(extension.name())
                + " WITH SCHEMA "
                + SqlLiterals.name(extension.schema())
                + (pinned ? " VERSION " + SqlLiterals.text(extension.version()) : "");
    }

    /** Which have another version than they had, in words. */
    static List<String> others(PgSession there, List<Extension> noted) {
        var known = versions(there, "pg_extension", "extname", "extversion");
        return noted.stream()
                .filter(e -> known.containsKey(e.name()))
                .filter(e -> !e.version().equals(known.get(e.name())))
                .map(e -> "%s %s, was %s".formatted(e.name(), known.get(e.name()), e.version()))
                .toList();
    }

    private static Map<String, String> versions(
            PgSession session, String from, String name, String version) {
        var versions = new HashMap<String, String>();
        session.script(
                        "SELECT %s::text, %s::text FROM %s WHERE %2$s IS NOT NULL"
                                .formatted(name, version, from),
                        CREATE_TIMEOUT)
                .forEach(row -> versions.put(row.getString(0), row.getString(1)));
        return versions;
    }

    private static Set<String> offered(PgSession session) {
        var offered = new HashSet<String>();
        session.script(
                        "SELECT name::text, version FROM pg_available_extension_versions",
                        CREATE_TIMEOUT)
                .forEach(row -> offered.add(row.getString(0) + " " + row.getString(1)));
        return offered;
    }
}
