// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.config;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.FileTrouble;
import dev.skein.engine.SkeinException;
import dev.skein.engine.proof.NoteKey;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.BooleanSupplier;

/** The key that signs checkpoints: a file outside the database, its public half beside it. */
final class SigningKey {
    private SigningKey() {}

    /**
     * Reads it; makes one where there is none.
     *
     * @param hasSigned whether a key has signed this log before; asked where there is no file
     */
    static NoteKey.Pair at(Path file, String name, BooleanSupplier hasSigned) {
        try {
            if (!Files.exists(file)) {
                requireNew(file, hasSigned);
                makeAlone(file, name);
            }
            var read = Files.readString(file);
            return of(name, file, NoteKey.parse(read, Files.readString(beside(file))));
        } catch (IOException e) {
            throw new SkeinException(
                    ErrorCode.FAILED,
                    "Signing key " + file,
                    "it cannot be read or made (" + FileTrouble.inWords(e) + ")",
                    "Set skein.audit.key to a file that this service may read",
                    e);
        }
    }

    private static Path beside(Path file) {
        return Path.of(file + ".pub");
    }

    /** Another key would never be believed by those who hold what the first one signed. */
    private static void requireNew(Path file, BooleanSupplier hasSigned) {
        if (hasSigned.getAsBoolean()) {
            throw SkeinException.failed(
                    "Signing key " + file,
                    "it is not there, and the log was signed with one",
                    "Restore the file and the one beside it, or set skein.audit.key to where they"
                            + " are; services of one log share them");
        }
    }

    private static NoteKey.Pair of(String name, Path file, NoteKey.Pair pair) {
        if (!pair.verifier().name().equals(name)) {
            throw SkeinException.failed(
                    "Signing key " + file,
                    "it is the key of the log '"
                            + pair.verifier().name()
                            + "', and this one is '"
                            + name
                            + "'",
                    "Set skein.audit.key and skein.audit.origin to those of one log");
        }
        return pair;
    }

    /** Of several services that share the file and start at once, one makes it. */
    private static void makeAlone(Path file, String name) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        var guard = Path.of(file + ".lock");
        try (var channel = FileChannel.open(guard, CREATE, WRITE);
                var _ = channel.lock()) {
            if (!Files.exists(file)) {
                make(file, name);
            }
        }
    }

    private static void make(Path file, String name) throws IOException {
        var pair = NoteKey.create(name);
        var mine = PosixFilePermissions.fromString("rw-------");
        var part = Path.of(file + ".part");
        Files.deleteIfExists(part);
        Files.createFile(part, PosixFilePermissions.asFileAttribute(mine));
        Files.writeString(part, pair.secret() + "\n", StandardOpenOption.SYNC);
        Files.writeString(
                beside(file),
                pair.verifier().text() + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.SYNC);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE); // the last: it is whole
    }
}
