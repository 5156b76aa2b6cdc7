// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup;

import dev.skein.engine.Digests;
import dev.skein.engine.SkeinException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * An archive as it is on disk.
 *
 * @param sha256 its digest, hexadecimal
 */
record ArchiveFile(long bytes, String sha256) {
    private static final int BLOCK = 1 << 16;

    /** Reads one that was just written. */
    static ArchiveFile read(Path file) {
        try {
            return new ArchiveFile(Files.size(file), sha256(file));
        } catch (IOException e) {
            throw SkeinException.failed(
                    "Backup " + file, "it cannot be read (" + e.getMessage() + ")", "");
        }
    }

    /** The digest of a file. */
    static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            var digest = MessageDigest.getInstance("SHA-256");
            var block = new byte[BLOCK];
            for (int n = in.read(block); n > 0; n = in.read(block)) {
                digest.update(block, 0, n);
            }
            return Digests.hex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
