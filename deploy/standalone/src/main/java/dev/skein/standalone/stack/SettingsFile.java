// SPDX-License-Identifier: Apache-2.0
package dev.skein.standalone.stack;

import dev.skein.engine.Digests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Settings that are written at every start, unless somebody changed them: the file says what it was
 * left with.
 */
final class SettingsFile {
    private static final Pattern LEFT = Pattern.compile("(?m)^# ?left as ([0-9a-f]{64})$");

    private final Path file;

    SettingsFile(Path file) {
        this.file = file;
    }

    /** Writes settings; false where the file has others by hand, which stay. */
    boolean write(Properties settings) {
        try {
            if (Files.exists(file) && isChanged(settings)) {
                return false;
            }
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (var out = Files.newOutputStream(file)) {
                settings.store(out, "left as " + digest(settings));
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("settings " + file, e);
        }
    }

    private boolean isChanged(Properties settings) throws IOException {
        var known = new Properties();
        try (var in = Files.newInputStream(file)) {
            known.load(in);
        }
        var left = LEFT.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        return left.find() ? !left.group(1).equals(digest(known)) : !known.equals(settings);
    }

    private static String digest(Properties settings) {
        var sorted = new TreeMap<String, String>();
        settings.stringPropertyNames().forEach(k -> sorted.put(k, settings.getProperty(k)));
        return Digests.hex(Digests.sha256(sorted.toString().getBytes(StandardCharsets.UTF_8)));
    }
}
