// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert.source;

import dev.skein.engine.SkeinException;
import dev.skein.engine.script.RevisionFolder;
import dev.skein.engine.script.ScriptError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Files and names of other tools. */
public final class ForeignTexts {
    private static final Pattern FORBIDDEN = Pattern.compile("[^\\p{L}\\p{N}_.]+");

    private ForeignTexts() {}

    public static String read(Path file) {
        var text = RevisionFolder.read(file).replace("\r\n", "\n");
        int zero = text.indexOf('\0');
        if (zero >= 0) {
            throw new ScriptError(
                    file.toString(),
                    1 + (int) text.substring(0, zero).chars().filter(c -> c == '\n').count(),
                    "a zero byte is in it",
                    "It is damaged, or no text; bring it back from its repository");
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** An id that targets can name: without the characters that mean something there. */
    public static String id(String name) {
        return FORBIDDEN.matcher(name).replaceAll("_");
    }

    public static String words(String slug) {
        return slug.replaceAll("[_\\-]+", " ").strip();
    }

    public static SkeinException nothing(Path folder, String expected) {
        if (!Files.isDirectory(folder)) {
            return SkeinException.usage(
                    folder.toAbsolutePath().normalize().toString(),
                    "there is no such folder",
                    "Name the one with the other tool's migrations");
        }
        return SkeinException.usage(
                folder.toString(), "nothing like " + expected + " is in it", "Name another folder");
    }

    public static SkeinException twice(Path one, Path other) {
        return SkeinException.usage(
                one.toString(),
                "it has the same version as " + other,
                "Name the folder that belongs to PostgreSQL alone, or rename one of them");
    }
}
