// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.project;

import dev.skein.engine.FileTrouble;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's password file: lines of {@code host:port:database:user:password}, in which a lone
 * {@code *} stands for anything and a backslash takes a colon's or its own meaning away. The first
 * line that fits counts. One that others may read is not used.
 */
record PasswordFile(Path path) {
    private static final Set<PosixFilePermission> OWN =
            EnumSet.of(
                    PosixFilePermission.OWNER_READ,
                    PosixFilePermission.OWNER_WRITE,
                    PosixFilePermission.OWNER_EXECUTE);

    /** The password for a session; null where no line fits. */
    @Nullable String find(String host, String port, String database, String user) {
        for (var line : lines()) {
            var password = line;
            for (var wanted : List.of(host, port, database, user)) {
                password = password == null ? null : behind(password, wanted);
            }
            if (password != null && !line.startsWith("#")) {
                return password.replaceAll("\\\\(.)", "$1");
            }
        }
        return null;
    }

    /** What stands behind a field that fits; null where it does not. */
    private static @Nullable String behind(String line, String wanted) {
        if (line.startsWith("*:")) {
            return line.substring(2);
        }
        int at = 0;
        int seen = 0;
        while (at < line.length() && line.charAt(at) != ':') {
            at += line.charAt(at) == '\\' ? 1 : 0;
            if (at >= line.length()
                    || seen >= wanted.length()
                    || line.charAt(at) != wanted.charAt(seen)) {
                return null;
            }
            at++;
            seen++;
        }
        return at < line.length() && seen == wanted.length() ? line.substring(at + 1) : null;
    }

    private List<String> lines() {
        try {
            if (!Files.isRegularFile(path)) {
                return List.of();
            }
            var permissions = EnumSet.copyOf(Files.getPosixFilePermissions(path));
            permissions.removeAll(OWN);
            if (!permissions.isEmpty()) {
                note("others may read it; permissions should be 0600 or less");
                return List.of();
            }
            return new String(Files.readAllBytes(path), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            note(FileTrouble.inWords(e));
            return List.of();
        }
    }

    private void note(String why) {
        System.getLogger(PasswordFile.class.getName())
                .log(
                        System.Logger.Level.WARNING,
                        "the password file {0} is not used: {1}",
                        path,
                        why);
    }
}
