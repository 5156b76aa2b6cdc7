// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.server;

import dev.skein.engine.SkeinException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Data folders as {@code initdb} leaves them. A process that needs a second one keeps a copy for
 * those that follow: copying takes a tenth of the time. What it keeps goes with the process: by
 * itself, or, after a kill, by the next one that keeps some, which knows it by its lock.
 */
final class InitialData {
    private static final String NAME = "skein-initial-";
    private static final Map<Key, InitialData> KNOWN = new ConcurrentHashMap<>();

    /** What an initial folder depends on. */
    private record Key(Path programs, String password) {}

    /**
     * A copy that is kept.
     *
     * @param files how many there are: whoever tidies up temporary folders may take some
     */
    private record Kept(LockedFolder folder, long files) {}

    private final PostgresPrograms programs;
    private final String password;
    private boolean asked;
    private @Nullable Kept kept;

    private InitialData(PostgresPrograms programs, String password) {
        this.programs = programs;
        this.password = password;
    }

    /** Those of servers whose superuser {@code postgres} has this password. */
    static InitialData of(PostgresPrograms programs, String password) {
        return KNOWN.computeIfAbsent(
                new Key(programs.bin(), password), key -> new InitialData(programs, password));
    }

    /** Makes a data folder that is not there. */
    synchronized void make(Path data) throws IOException {
        if (!asked) {
            asked = true;
            initialise(data);
            return;
        }
        var source = kept == null ? keep() : kept;
        if (!isCopied(source, data)) {
            kept = null;
            source.folder().close();
            initialise(data);
        }
    }

    /** Whether all of it was; where it was not, nothing is left of it. */
    private static boolean isCopied(Kept source, Path data) throws IOException {
        var from = source.folder().data().toString();
        try {
            ProgramRuns.run(
                    Unprivileged.find().command(List.of("cp", "-Rp", from, data.toString())));
            if (count(data) == source.files()) {
                return true;
            }
        } catch (SkeinException e) {
            // Without room, for example. Making it anew says so, if it is still so.
        }
        FolderTrees.delete(data);
        return false;
    }

    /** Where the copy is that is kept. */
    synchronized Optional<Path> kept() {
        return Optional.ofNullable(kept).map(Kept::folder).map(LockedFolder::path);
    }

    private Kept keep() throws IOException {
        var folder = LockedFolder.create(NAME);
        try {
            initialise(folder.data());
        } catch (SkeinException | IOException e) {
            folder.close();
            throw e;
        }
        var made = new Kept(folder, count(folder.data()));
        kept = made;
        return made;
    }

    private static long count(Path data) throws IOException {
        try (var files = Files.walk(data)) {
            return files.count();
        }
    }

    private void initialise(Path data) throws IOException {
        initialise(programs, data, password);
    }

    /** Makes a data folder by {@code initdb}; it is there as a whole or not at all. */
    static void initialise(PostgresPrograms programs, Path data, String password)
            throws IOException {
        var runner = Unprivileged.find();
        var fresh = data.resolveSibling(data.getFileName() + ".part");
        Files.createDirectories(data.getParent());
        FolderTrees.delete(fresh);
        runner.createFolder(fresh);
        var secret = Files.createTempFile("skein", ".pw");
        try {
            Files.writeString(secret, password + "\n");
            runner.give(secret);
            ProgramRuns.run(runner.command(initdb(programs, fresh, secret)));
        } finally {
            Files.delete(secret);
        }
        Files.move(fresh, data);
    }

    private static List<String> initdb(PostgresPrograms programs, Path data, Path secret) {
        return List.of(
                programs.program("initdb"),
                "--pgdata=" + data,
                "--username=" + PostgresServer.USER,
                "--pwfile=" + secret,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync");
    }
}
