// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.project;

import dev.skein.engine.FileTrouble;
import dev.skein.engine.SkeinException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** PostgreSQL's connection service file: {@code key=value} lines in sections by name. */
final class ServiceFile {
    private ServiceFile() {}

    /**
     * The settings of one service. Keys that Skein has no use for are left alone.
     *
     * @throws SkeinException where there is no such service
     */
    static Map<String, String> read(Path file, String name) {
        var settings = new HashMap<String, String>();
        var inside = false;
        var found = false;
        for (var raw : text(file, name).lines().toList()) {
            var line = raw.strip();
            if (line.startsWith("[")) {
                inside = line.equals("[" + name + "]") && !found;
                found = found || inside;
            } else if (inside && !line.startsWith("#") && line.indexOf('=') > 0) {
                int equals = line.indexOf('=');
                settings.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
            }
        }
        if (!found) {
            throw SkeinException.usage(
                    "Service '" + name + "'",
                    "the file " + file + " has no section of this name",
                    "Correct PGSERVICE, or name the file with PGSERVICEFILE");
        }
        return settings;
    }

    private static String text(Path file, String name) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw SkeinException.usage(
                    "Service '" + name + "'",
                    "the file " + file + " cannot be read (" + FileTrouble.inWords(e) + ")",
                    "Name the file with PGSERVICEFILE, or unset PGSERVICE");
        }
    }
}
