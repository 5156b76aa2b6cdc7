// SPDX-License-Identifier: Apache-2.0
package dev.skein.standalone.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** Passwords of this stack: made once, kept in files that only their owner reads. */
public final class StackSecrets {
    private static final int BYTES = 18;

    private final StackHome home;

    public StackSecrets(StackHome home) {
        this.home = home;
    }

    /** The file of a secret, made if it is not there. */
    public Path file(String name) {
        var file = home.secret(name);
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(file.getParent());
                var mine = PosixFilePermissions.fromString("rw-------");
                Files.createFile(file, PosixFilePermissions.asFileAttribute(mine));
                Files.writeString(file, random(), StandardOpenOption.WRITE);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("secret " + file, e);
        }
    }

    /** The secret itself. */
    public String get(String name) {
        try {
            return Files.readString(file(name)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("secret " + name, e);
        }
    }

    private static String random() {
        var bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
