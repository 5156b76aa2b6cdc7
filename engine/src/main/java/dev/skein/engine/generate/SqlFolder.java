// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.generate;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.FileTrouble;
import dev.skein.engine.SkeinException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;

/** The SQL files of folders, links followed; each file once, whatever leads to it. */
final class SqlFolder {
    private SqlFolder() {}

    /**
     * @param paths files, and folders whose {@code .sql} files are taken
     * @throws SkeinException where there is none, or a link leads nowhere or in a circle
     */
    static Collection<Path> files(List<Path> paths) {
        var byPlace = new LinkedHashMap<Path, Path>();
        for (var path : paths) {
            for (var file : files(path)) {
                byPlace.putIfAbsent(place(file), file);
            }
        }
        return byPlace.values();
    }

    private static Path place(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static List<Path> files(Path path) {
        if (!Files.exists(path)) {
            throw SkeinException.usage(
                    "Desired schema " + path, "there is no such file or folder", "Name another");
        }
        var files = walk(path);
        if (files.isEmpty()) {
            throw SkeinException.usage(
                    "Desired schema " + path, "it holds no .sql file", "Name another folder");
        }
        return files;
    }

    private static List<Path> walk(Path path) {
        try (var found = Files.walk(path, FileVisitOption.FOLLOW_LINKS)) {
            return found.filter(f -> !Files.isDirectory(f))
                    .filter(f -> f.equals(path) || f.toString().endsWith(".sql"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw unreadable(path, e);
        } catch (UncheckedIOException e) {
            throw unreadable(path, Objects.requireNonNull(e.getCause()));
        }
    }

    private static SkeinException unreadable(Path path, IOException e) {
        return new SkeinException(
                ErrorCode.FAILED,
                "Desired schema " + path,
                "it cannot be read (" + FileTrouble.inWords(e) + ")",
                "Check its permissions, and where its links lead",
                e);
    }
}
