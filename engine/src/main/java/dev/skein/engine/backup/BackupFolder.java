// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup;

import dev.skein.engine.FileTrouble;
import dev.skein.engine.Json;
import dev.skein.engine.SkeinException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Backups in a folder: for each database a folder of its own with archives, and beside each archive
 * what is known of it. A backup is there when its description is; files that are not finished end
 * in {@code .part}.
 */
public final class BackupFolder {
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final String DESCRIPTION = ".json";
    private static final String PART = ".part";

    private final Path folder;

    public BackupFolder(Path folder) {
        this.folder = folder;
    }

    /** Where an archive that begins now is written to. */
    Path begin(String uid, Instant at) {
        try {
            var place = folder.resolve(uid);
            Files.createDirectories(
                    place,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
            for (var left : parts(place)) {
                Files.delete(left); // of somebody who was killed: who calls holds the lock
            }
            return place.resolve(NAME.format(at) + ".dump" + PART);
        } catch (IOException e) {
            throw trouble(e);
        }
    }

    private static List<Path> parts(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            return files.filter(file -> file.toString().endsWith(PART))
                    .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
    }

    /** Makes an archive that is written a backup: it is on disk when this returns. */
    void finish(Path part, Backup backup) {
        try {
            var archive = part.resolveSibling(backup.file());
            force(part);
            var description = archive.resolveSibling(backup.file() + DESCRIPTION);
            var draft = description.resolveSibling(description.getFileName() + PART);
            Files.write(draft, Json.bytes(backup));
            force(draft);
            Files.move(part, archive, StandardCopyOption.ATOMIC_MOVE);
            Files.move(draft, description, StandardCopyOption.ATOMIC_MOVE);
            forceFolder(folder.resolve(backup.uid())); // the names, too, and the folder's own
            forceFolder(folder);
        } catch (IOException e) {
            throw trouble(e);
        }
    }

    private static void force(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static void forceFolder(Path place) throws IOException {
        try (var channel = FileChannel.open(place, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Deletes what an interrupted backup left. */
    void discard(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            throw trouble(e);
        }
    }

    /**
     * A database's backups, oldest first; one whose description is damaged hides no other.
     *
     * @throws SkeinException if the folder cannot be read
     */
    public List<Backup> of(String uid) {
        var place = folder.resolve(uid);
        if (!Files.isDirectory(place)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(place)) {
            var found = new ArrayList<Backup>();
            for (var file :
                    files.filter(f -> f.toString().endsWith(DESCRIPTION)).sorted().toList()) {
                read(file).ifPresent(found::add);
            }
            return found;
        } catch (IOException e) {
            throw trouble(e);
        }
    }

    private static Optional<Backup> read(Path description) throws IOException {
        try {
            return Optional.of(Json.read(Files.readAllBytes(description), Backup.class));
        } catch (SkeinException e) {
            System.getLogger(BackupFolder.class.getName())
                    .log(System.Logger.Level.WARNING, "{0}: {1}", description, e.found());
            return Optional.empty();
        }
    }

    /** A backup by its digest. */
    public Optional<Backup> find(String uid, String sha256) {
        return of(uid).stream().filter(backup -> backup.sha256().equals(sha256)).findFirst();
    }

    /**
     * The archive of a backup, read to its end and found to be what was written.
     *
     * @throws SkeinException if it is missing or damaged
     */
    public Path verified(Backup backup) {
        var archive = folder.resolve(backup.uid()).resolve(backup.file());
        var subject = "Backup " + archive;
        if (!Files.exists(archive)) {
            throw SkeinException.failed(
                    subject, "it is no longer there", "Choose another: skein backup list");
        }
        try {
            refuseDamaged(subject, ArchiveFile.sha256(archive), backup.sha256());
            return archive;
        } catch (IOException e) {
            throw trouble(e);
        }
    }

    private static void refuseDamaged(String subject, String now, String was) {
        if (!now.equals(was)) {
            throw SkeinException.failed(
                    subject,
                    "it is damaged: its digest is %s and was %s"
                            .formatted(now.substring(0, 12), was.substring(0, 12)),
                    "Choose another: skein backup list");
        }
    }

    private SkeinException trouble(IOException e) {
        return SkeinException.failed(
                "Backup folder " + folder,
                "it cannot be used (" + FileTrouble.inWords(e) + ")",
                "Make room, and check its permissions");
    }
}
