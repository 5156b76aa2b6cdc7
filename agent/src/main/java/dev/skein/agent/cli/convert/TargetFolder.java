// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.FileTrouble;
import dev.skein.engine.SkeinException;
import dev.skein.engine.revision.RevisionId;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The folder that revisions are written into: all of them, or none. They are written into a folder
 * beside it, which then takes its place in one step. Where other files stand in it already they are
 * moved one by one, the last revision first: cut off in between, each one there lacks its parent,
 * so that nothing runs.
 */
final class TargetFolder {
    private final Path folder;

    TargetFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Sees that no revision would be joined by others.
     *
     * @throws SkeinException if there is one
     */
    void check() {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw SkeinException.usage(
                    folder.toString(), "it is no folder", "Name another one with --revisions");
        }
        try {
            if (entries(folder).stream().anyMatch(f -> f.toString().endsWith(".sql"))) {
                throw SkeinException.usage(
                        folder.toString(),
                        "there are revisions in it already",
                        "Name an empty folder with --revisions");
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Writes texts under their names. */
    List<Path> write(Map<String, String> texts) {
        try {
            Files.createDirectories(folder);
            var place = folder.toRealPath();
            var parent = place.getParent();
            var home = parent != null && Files.isWritable(parent) ? parent : place;
            var beside = home.resolve(".skein-import-" + RevisionId.random());
            Files.createDirectory(beside);
            try {
                into(place, beside, texts);
            } finally {
                remove(beside);
            }
            return texts.keySet().stream().map(folder::resolve).toList();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void into(Path place, Path beside, Map<String, String> texts) throws IOException {
        for (var text : texts.entrySet()) {
            Files.writeString(
                    beside.resolve(text.getKey()), text.getValue(), StandardOpenOption.CREATE_NEW);
        }
        check();
        if (!inOneStep(place, beside)) {
            oneByOne(place, beside, List.copyOf(texts.keySet()).reversed());
        }
    }

    /** Puts the folder in the place of an empty one; false where that cannot be. */
    private static boolean inOneStep(Path place, Path beside) throws IOException {
        if (!entries(place).isEmpty()) {
            return false;
        }
        try {
            Files.setPosixFilePermissions(beside, Files.getPosixFilePermissions(place));
            Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (FileSystemException e) { // it is where another file system begins
            return false;
        }
    }

    private static void oneByOne(Path place, Path beside, List<String> names) throws IOException {
        var moved = new ArrayList<Path>();
        try {
            for (var name : names) {
                moved.add(Files.move(beside.resolve(name), place.resolve(name)));
            }
        } catch (IOException e) {
            moved.forEach(TargetFolder::remove);
            throw e;
        }
    }

    private static List<Path> entries(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (var entries = Files.list(folder)) {
            return entries.toList();
        }
    }

    private static void remove(Path path) {
        try {
            for (var entry : Files.isDirectory(path) ? entries(path) : List.<Path>of()) {
                Files.deleteIfExists(entry);
            }
            Files.deleteIfExists(path);
        } catch (IOException e) {
            System.getLogger(TargetFolder.class.getName())
                    .log(System.Logger.Level.WARNING, "left behind: {0}", path);
        }
    }

    private SkeinException failed(IOException e) {
        return new SkeinException(
                ErrorCode.FAILED,
                folder.toString(),
                "it cannot be written (" + FileTrouble.inWords(e) + "); nothing was taken over",
                "Check the folder's permissions and the disk",
                e);
    }
}
