// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Folders that go with their processes: a lock on a file in each tells whether its process lives.
 */
final class LockedFolder {
    private static final String LOCK = "lock";

    private LockedFolder() {}

    /** The lock, held as long as this process lives; null where another one has it. */
    static @Nullable FileLock lock(Path folder) throws IOException {
        var channel =
                FileChannel.open(
                        folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            var lock = channel.tryLock();
            if (lock == null) {
                channel.close();
            }
            return lock;
        } catch (OverlappingFileLockException e) {
            channel.close();
            return null; // this process has it
        }
    }

    /** Deletes folders of a name that processes left that are no more. */
    static void tidy(Path parent, String name) throws IOException {
        try (var folders = Files.newDirectoryStream(parent, name + "*")) {
            for (var folder : folders) {
                // One without a lock's file is just being made.
                if (Files.exists(folder.resolve(LOCK)) && isLeft(folder)) {
                    delete(folder);
                }
            }
        }
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

    static void delete(Path folder) {
        try {
            // The lock's file goes last: who is killed here leaves what the next one knows as left.
            FolderTrees.delete(folder.resolve("data"));
            FolderTrees.delete(folder);
        } catch (NoSuchFileException e) {
            // Another process tidies up at the same time, and has it.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
