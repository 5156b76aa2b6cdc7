// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert;

import dev.skein.engine.FileTrouble;
import dev.skein.engine.SkeinException;
import dev.skein.engine.script.RevisionFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Files and names of other tools. */
final class Texts {
    private static final Pattern FORBIDDEN = Pattern.compile("[^\\p{L}\\p{N}_.]+");

    private Texts() {}

    /** The files of a folder and the folders in it that match, by path. */
    static List<Path> files(Path folder, String name) {
        if (!Files.isDirectory(folder)) {
            throw SkeinException.usage(
                    folder.toString(), "there is no such folder", "Name the project's folder");
        }
        var pattern = Pattern.compile(name);
        try (var all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(f -> pattern.matcher(String.valueOf(f.getFileName())).matches())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw SkeinException.failed(
                    folder.toString(), "it cannot be read (" + FileTrouble.inWords(e) + ")", "");
        }
    }

    static String read(Path file) {
        return RevisionFolder.read(file).replace("\r\n", "\n");
    }

    /** An id that targets can name: without the characters that mean something there. */
    static String id(String name) {
        return FORBIDDEN.matcher(name).replaceAll("_");
    }

    static String words(String slug) {
        return slug.replaceAll("[_\\-]+", " ").strip();
    }

    static SkeinException nothing(Path folder, String expected) {
        return SkeinException.usage(
                folder.toString(), "nothing like " + expected + " is in it", "Name another folder");
    }
}
