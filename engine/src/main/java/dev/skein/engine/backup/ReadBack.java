// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup;

import dev.skein.engine.SkeinException;
import dev.skein.engine.backup.session.PatientSessions;
import dev.skein.engine.backup.session.ProgramConnections;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.server.ProgramRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Reads an archive back into an empty database with pg_restore. */
final class ReadBack {
    private static final Duration READ_BACK_TIMEOUT = Duration.ofMinutes(10);

    /** A schema's entry in an archive's list: a row of pg_namespace, and no comment or grant. */
    private static final Predicate<String> SCHEMA =
            Pattern.compile("^\\d+; 2615 \\d+ SCHEMA ").asPredicate();

    private final PgClient client;
    private final DumpPrograms programs;
    private final Path archive;
    private final DatabaseAddress there;
    private final int major;
    private final BooleanSupplier stop;

    /**
     * @param major of the server
     * @param stop asked several times a second
     */
    ReadBack(
            PgClient client,
            DumpPrograms programs,
            Path archive,
            DatabaseAddress there,
            int major,
            BooleanSupplier stop) {
        this.client = client;
        this.programs = programs;
        this.archive = archive;
        this.there = there;
        this.major = major;
        this.stop = stop;
    }

    /**
     * Does it. Extensions that shall not have the usual version are made between their schemas and
     * all the rest.
     *
     * @throws SkeinException if it cannot be done, with the program's words
     */
    void run(List<RestoreNeeds.Extension> noted) {
        var first = first(noted);
        if (first.isEmpty()) {
            restore(List.of());
            return;
        }
        var entries = entries();
        var lists = new ArrayList<Path>();
        try {
            restore(List.of("--use-list=" + list(lists, entries, SCHEMA)));
            make(first);
            restore(List.of("--use-list=" + list(lists, entries, SCHEMA.negate())));
        } catch (IOException e) {
            throw refused("a list of its contents cannot be written (" + e.getMessage() + ")");
        } finally {
            lists.forEach(file -> file.toFile().delete());
        }
    }

    private List<String> first(List<RestoreNeeds.Extension> noted) {
        try (var session = PatientSessions.open(client, there)) {
            return ExtensionVersions.statements(session, noted);
        }
    }

    private List<String> entries() {
        return ProgramRuns.output(List.of(program(), "--list", archive.toString()))
                .lines()
                .filter(line -> !line.startsWith(";"))
                .toList();
    }

    private static Path list(List<Path> lists, List<String> entries, Predicate<String> kept)
            throws IOException {
        var file = Files.createTempFile("skein-restore", ".list");
        lists.add(file);
        return Files.write(file, entries.stream().filter(kept).toList());
    }

    private void make(List<String> extensions) {
        try (var session = PatientSessions.open(client, there)) {
            extensions.forEach(statement -> session.script(statement, READ_BACK_TIMEOUT, stop));
        } catch (PgServerError e) {
            throw refused(
                    "it cannot be restored: " + e.discreetMessage(String.join("\n", extensions)));
        }
    }

    private void restore(List<String> options) {
        var command = new ArrayList<String>();
        command.add(program());
        command.add("--exit-on-error");
        command.add("--no-password");
        command.addAll(options);
        command.add("--dbname=" + ProgramConnections.url(there));
        command.add(archive.toString());
        var complaints =
                ProgramRuns.complaints(
                        command,
                        ProgramConnections.environment(there, PatientSessions.RESTORE, major),
                        stop);
        if (!complaints.isEmpty()) {
            throw refused("it cannot be restored: " + ProgramConnections.inWords(complaints));
        }
    }

    private String program() {
        return programs.program("pg_restore");
    }

    private SkeinException refused(String found) {
        return SkeinException.failed("Backup " + archive, found, "");
    }
}
