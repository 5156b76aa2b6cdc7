// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.config;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.FileTrouble;
import dev.skein.engine.SkeinException;
import dev.skein.engine.proof.NoteKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
                Files.createFile(file, PosixFilePermissions.asFileAttribute(mine));
                Files.writeString(beside, pair.verifier().text() + "\n");
                Files.writeString(file, pair.secret() + "\n", StandardOpenOption.WRITE);
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
