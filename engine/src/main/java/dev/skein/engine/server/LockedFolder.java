// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A folder that goes with its process: by itself, or, after a kill, by the next process that makes
 * one of the same name. A lock on a file in it tells whether its process lives.
 */
final class LockedFolder implements AutoCloseable {
    private static final String LOCK = "lock";

    /** Of this process: a second look at their locks would give them up. */
    private static final Set<LockedFolder> OWN = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> OWN.forEach(LockedFolder::close)));
    }

    private final Path folder;
    private final FileLock lock;

    private LockedFolder(Path folder, FileLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Makes one, and deletes those that dead processes left beside it.
     *
     * @param name what its name begins with
     */
    static LockedFolder create(String name) throws IOException {
        var folder = DisposableFolder.create(name);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        var lock = lock(folder);
        if (lock == null) {
            throw new IOException("another process locked the new folder " + folder);
        }
        var made = new LockedFolder(folder, lock);
        OWN.add(made);
        tidy(folder.resolveSibling(""), name);
        return made;
    }

    Path path() {
        return folder;
    }

    /** Where what it is for is to be. */
    Path data() {
        return folder.resolve("data");
    }

    private static @Nullable FileLock lock(Path folder) throws IOException {
        var channel =
                FileChannel.open(
                        folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var lock = channel.tryLock();
        if (lock == null) {
            channel.close();
        }
        return lock;
    }

    private static void tidy(Path parent, String name) throws IOException {
        try (var folders = Files.newDirectoryStream(parent, name + "*")) {
            for (var folder : folders) {
                // One without a lock's file is just being made.
                if (!isOwn(folder) && Files.exists(folder.resolve(LOCK)) && isLeft(folder)) {
                    delete(folder);
                }
            }
        }
    }

    private static boolean isOwn(Path folder) {
        return OWN.stream().anyMatch(own -> own.folder.equals(folder));
    }

    private static boolean isLeft(Path folder) throws IOException {
        try {
            var lock = lock(folder);
            if (lock != null) {
                lock.acquiredBy().close();
            }
            return lock != null;
        } catch (AccessDeniedException | NoSuchFileException e) {
            return false; // another user's, or gone by now
        }
    }

    private static void delete(Path folder) throws IOException {
        try {
            // The lock's file goes last: who is killed here leaves what the next one knows as left.
            FolderTrees.delete(folder.resolve("data"));
            FolderTrees.delete(folder);
        } catch (NoSuchFileException e) {
            // Another process tidies up at the same time, and has it.
        }
    }

    /** Deletes it. */
    @Override
    public void close() {
        try {
            delete(folder);
            lock.acquiredBy().close();
            OWN.remove(this);
        } catch (IOException e) {
            throw new UncheckedIOException("folder " + folder + " cannot be deleted", e);
        }
    }
}
