// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.project;

import dev.skein.engine.FileTrouble;
import dev.skein.engine.SkeinException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** PostgreSQL's connection service files: {@code key=value} lines in sections by name. */
final class ServiceFile {
    private ServiceFile() {}

    /**
     * The settings of one service, from the first file that has it. Keys that Skein has no use for
     * are left alone.
     *
     * @param files those that are there, in the order in which they are asked
     * @throws SkeinException where none has such a service
     */
    static Map<String, String> read(List<Path> files, String name) {
        for (var file : files) {
            var settings = section(text(file, name), name);
            if (settings.isPresent()) {
                return settings.get();
            }
        }
        throw SkeinException.usage(
                "Service '" + name + "'",
                files.isEmpty()
                        ? "there is no service file: neither the user's nor the system's"
                        : "no file has a section of this name: " + inWords(files),
                "Correct PGSERVICE, or name the file with PGSERVICEFILE");
    }

    private static String inWords(List<Path> files) {
        return String.join(", ", files.stream().map(Path::toString).toList());
    }

    private static Optional<Map<String, String>> section(String text, String name) {
        var settings = new HashMap<String, String>();
        var inside = false;
        var found = false;
        for (var raw : text.lines().toList()) {
            var line = raw.strip();
            if (line.startsWith("[")) {
                inside = line.equals("[" + name + "]") && !found;
                found = found || inside;
            } else if (inside && !line.startsWith("#") && line.indexOf('=') > 0) {
                int equals = line.indexOf('=');
                settings.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
            }
        }
        return found ? Optional.of(settings) : Optional.empty();
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
