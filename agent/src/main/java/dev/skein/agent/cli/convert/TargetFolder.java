// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.FileTrouble;
import dev.skein.engine.SkeinException;
import dev.skein.engine.server.FolderTrees;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The folder that revisions are written into: all of them, or none, whatever ends the process. They
 * are written into a folder beside it, which then takes its place in one step. Where other files
 * stand in it already they are moved one by one, behind a file that no command reads past; the next
 * import removes what one that was cut off has left.
 */
final class TargetFolder {
    /** Stands in the folder while it is incomplete; its lines name what is moved there. */
    static final String UNFINISHED = "import-was-cut-off.sql";

    private static final String WHY =
            "--@ an import was cut off here and revisions are missing, run it again\n";
    private static final String LISTED = "-- ";

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
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(folder)) {
            throw SkeinException.usage(
                    folder.toString(), "it is no folder", "Name another one with --revisions");
        }
        try {
            var left = left(folder);
            if (entries(folder).stream().anyMatch(f -> isRevision(f) && !left.contains(f))) {
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
            var place = place();
            var beside = home(place).resolve(".skein-import-" + place.getFileName());
            Files.createDirectories(beside);
            try (var channel =
                            FileChannel.open(
                                    beside.resolve("lock"),
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE);
                    var _ = lock(channel)) {
                write(place, beside, texts);
            }
            return texts.keySet().stream().map(folder::resolve).toList();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private Path place() throws IOException {
        if (Files.exists(folder)) {
            return folder.toRealPath();
        }
        var absolute = folder.toAbsolutePath().normalize();
        Files.createDirectories(Objects.requireNonNull(absolute.getParent()));
        return absolute;
    }

    private static Path home(Path place) {
        var parent = place.getParent();
        return parent != null && Files.isWritable(parent) ? parent : place;
    }

    /** Held while this process lives; so what nobody holds was left behind. */
    private FileLock lock(FileChannel channel) throws IOException {
        var lock = tryLock(channel);
        if (lock == null) {
            throw SkeinException.usage(
                    folder.toString(), "another import is writing into it", "Wait for its end");
        }
        return lock;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) { // another thread of this process
            return null;
        }
    }

    private void write(Path place, Path beside, Map<String, String> texts) throws IOException {
        var revisions = beside.resolve("revisions");
        try {
            FolderTrees.delete(revisions);
            Files.createDirectory(revisions);
            for (var text : texts.entrySet()) {
                Files.writeString(revisions.resolve(text.getKey()), text.getValue());
            }
            check();
            takeAway(place);
            if (!inOneStep(place, revisions)) {
                oneByOne(place, revisions, List.copyOf(texts.keySet()));
            }
        } finally {
            remove(beside);
        }
    }

    /** Puts the folder in the place of an empty one, or of none; false where that cannot be. */
    private static boolean inOneStep(Path place, Path beside) throws IOException {
        if (!entries(place).isEmpty()) {
            return false;
        }
        try {
            if (Files.exists(place)) {
                Files.setPosixFilePermissions(beside, Files.getPosixFilePermissions(place));
            }
            Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (FileSystemException e) { // it is where another file system begins
            return false;
        }
    }

    private static void oneByOne(Path place, Path beside, List<String> names) throws IOException {
        var list = LISTED + String.join("\n" + LISTED, names) + "\n";
        var unfinished = Files.writeString(beside.resolve(UNFINISHED), WHY + list);
        Files.move(unfinished, place.resolve(UNFINISHED));
        try {
            for (var name : names) {
                Files.move(beside.resolve(name), place.resolve(name));
            }
            Files.delete(place.resolve(UNFINISHED));
        } catch (IOException e) {
            takeAway(place);
            throw e;
        }
    }

    /** Removes what an import has left that was cut off. */
    private static void takeAway(Path place) throws IOException {
        for (var file : left(place)) {
            Files.deleteIfExists(file);
        }
    }

    /** What an import has left that was cut off; the file that says so is the last. */
    private static List<Path> left(Path place) throws IOException {
        var unfinished = place.resolve(UNFINISHED);
        if (!Files.isRegularFile(unfinished)) {
            return List.of();
        }
        var files = new ArrayList<Path>();
        for (var line : Files.readAllLines(unfinished)) {
            var name = Path.of(line.substring(Math.min(line.length(), LISTED.length())));
            if (line.startsWith(LISTED) && isRevision(name) && name.getNameCount() == 1) {
                files.add(place.resolve(name));
            }
        }
        files.add(unfinished);
        return files;
    }

    private static boolean isRevision(Path file) {
        return file.toString().endsWith(".sql");
    }

    private static List<Path> entries(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (var entries = Files.list(folder)) {
            return entries.toList();
        }
    }

    private static void remove(Path beside) {
        try {
            FolderTrees.delete(beside);
        } catch (IOException e) {
            System.getLogger(TargetFolder.class.getName())
                    .log(System.Logger.Level.WARNING, "left behind: {0}", beside);
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
