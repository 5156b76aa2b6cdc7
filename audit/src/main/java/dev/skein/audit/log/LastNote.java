// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.log;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.FileTrouble;
import dev.skein.engine.SkeinException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The last checkpoint that was signed, in a file: what the log is held against when an older copy
 * of its database comes back.
 */
final class LastNote {
    private final Path file;

    LastNote(Path file) {
        this.file = file;
    }

    /** What is there; nothing before the first one. */
    Optional<String> read() {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw trouble("it cannot be read", e);
        }
    }

    /** Writes another one, which is on the disk when this returns; never half of it. */
    void write(String note) {
        var part = Path.of(file + ".part");
        try {
            Files.writeString(part, note, StandardCharsets.UTF_8);
            force(part, StandardOpenOption.WRITE);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            var folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                force(folder, StandardOpenOption.READ); // the name, too
            }
        } catch (IOException e) {
            throw trouble("it cannot be written", e);
        }
    }

    private static void force(Path path, StandardOpenOption how) throws IOException {
        try (var channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }

    private SkeinException trouble(String what, IOException e) {
        return new SkeinException(
                ErrorCode.FAILED,
                "The last signed checkpoint, " + file,
                what + " (" + FileTrouble.inWords(e) + ")",
                "Nothing is signed without it. Let this service write it, or set"
                        + " skein.audit.last-note to a file on another disk",
                e);
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
