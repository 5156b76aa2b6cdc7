// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.server;

import dev.skein.engine.SkeinException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL refuses to run as root. Where we are root, its programs run as an ordinary user by
 * {@code setpriv} (util-linux).
 */
final class Unprivileged {
    private static final List<String> USERS = List.of("postgres", "nobody");

    private static @Nullable Unprivileged found;

    private final Optional<String> user;
    private final String group;

    private Unprivileged(Optional<String> user) {
        this.user = user;
        this.group = user.map(Unprivileged::group).orElse("");
    }

    /** The user to run as: ourselves, unless we are root. */
    static synchronized Unprivileged find() {
        var known = found == null ? search() : found;
        found = known;
        return known;
    }

    private static Unprivileged search() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return new Unprivileged(Optional.empty());
        }
        for (var name : USERS) {
            if (!ProgramRuns.output(List.of("id", "-u", name)).contains("no such user")) {
                return new Unprivileged(Optional.of(name));
            }
        }
        throw SkeinException.failed(
                "PostgreSQL",
                "it must not run as root, and there is no user 'postgres' or 'nobody'",
                "Run Skein as an ordinary user");
    }

    /**
     * The command of a server as that user, in a session of its own, so that Ctrl-C at a terminal
     * reaches who started it and not the server at the same time.
     */
    List<String> server(List<String> words) {
        var command = new ArrayList<String>();
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            command.add("/usr/bin/setsid");
        }
        command.addAll(command(words));
        return command;
    }

    /** The command as that user. */
    List<String> command(List<String> words) {
        var command = new ArrayList<String>();
        user.ifPresent(name ->
                command.addAll(
                        List.of(
                                "setpriv",
                                "--reuid=" + name,
                                "--regid=" + group,
                                "--clear-groups",
                                "--")));
        command.addAll(words);
        return command;
    }

    private static String group(String name) {
        return ProgramRuns.output(List.of("id", "-g", name)).strip();
    }

    /** Creates a folder that only that user can read. */
    void createFolder(Path folder) throws IOException {
        Files.createDirectories(folder);
        if (user.isPresent()) {
            var lookup = folder.getFileSystem().getUserPrincipalLookupService();
            Files.setOwner(folder, lookup.lookupPrincipalByName(user.get()));
        }
        Files.setPosixFilePermissions(
                folder, java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
    }

    /** Lets that user read a file, and nobody else. */
    void give(Path file) throws IOException {
        if (user.isPresent()) {
            var lookup = file.getFileSystem().getUserPrincipalLookupService();
            Files.setOwner(file, lookup.lookupPrincipalByName(user.get()));
        }
    }

    /** Whether that user can get into a folder's parents. */
    boolean reaches(Path folder) {
        if (user.isEmpty()) {
            return true;
        }
        Path existing = folder.toAbsolutePath();
        while (existing != null && !Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
            existing = existing.getParent();
        }
        return existing != null && succeeds(command(List.of("test", "-x", existing.toString())));
    }

    private static boolean succeeds(List<String> command) {
        try {
            ProgramRuns.run(command);
            return true;
        } catch (SkeinException e) {
            return false;
        }
    }
}
