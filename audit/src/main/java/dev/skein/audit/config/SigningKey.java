// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.config;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.FileTrouble;
import dev.skein.engine.SkeinException;
import dev.skein.engine.proof.NoteKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** The key that signs checkpoints: a file outside the database, its public half beside it. */
final class SigningKey {
    private SigningKey() {}

    /** Reads it; makes one where there is none. */
    static NoteKey.Pair at(Path file, String name) {
        var beside = Path.of(file + ".pub");
        try {
            if (!Files.exists(file)) {
                var pair = NoteKey.create(name);
                Files.createDirectories(file.toAbsolutePath().getParent());
                var mine = PosixFilePermissions.fromString("rw-------");
                var part = Path.of(file + ".part");
                Files.deleteIfExists(part);
                Files.createFile(part, PosixFilePermissions.asFileAttribute(mine));
                Files.writeString(part, pair.secret() + "\n", StandardOpenOption.SYNC);
                Files.writeString(
                        beside,
                        pair.verifier().text() + "\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.SYNC);
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE); // the last: it is whole
            }
            return NoteKey.parse(Files.readString(file), Files.readString(beside));
        } catch (IOException e) {
            throw new SkeinException(
                    ErrorCode.FAILED,
                    "Signing key " + file,
                    "it cannot be read or made (" + FileTrouble.inWords(e) + ")",
                    "Set skein.audit.key to a file that this service may read",
                    e);
        }
    }
}
