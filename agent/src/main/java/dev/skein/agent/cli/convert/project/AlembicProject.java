// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert.project;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.skein.agent.cli.convert.source.ForeignMigration;
import dev.skein.agent.cli.convert.source.ForeignSource;
import dev.skein.agent.cli.convert.source.ForeignTexts;
import dev.skein.agent.cli.convert.source.ImportNotes;
import dev.skein.agent.cli.convert.source.TransactionMode;
import dev.skein.engine.ClassResources;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.Json;
import dev.skein.engine.SkeinException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Alembic: its migrations are programs, so Alembic itself is asked for their SQL, in its offline
 * mode, by the Python that runs the {@code alembic} of the PATH.
 */
final class AlembicProject {
    private static final int MINUTES = 10;

    private AlembicProject() {}

    /**
     * A project as the helper program prints it.
     *
     * @param trouble why there are no migrations, with the line of the project's own
     * @param unconfigured why its env.py could not be asked; absent where it was
     * @param table that records revisions; absent for Alembic's own name
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Project(
            List<Printed> migrations,
            @Nullable String trouble,
            @Nullable String unconfigured,
            @Nullable String table,
            @Nullable String schema) {}

    /**
     * A migration as the helper program prints it.
     *
     * @param up its SQL; absent where it has none without a database
     * @param why it has none
     * @param noDown why its way back has none
     * @param asksMode whether it asks if there is a database
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Printed(
            String id,
            List<String> revises,
            List<String> dependsOn,
            List<String> labels,
            String message,
            @Nullable String created,
            String path,
            @Nullable String up,
            @Nullable String why,
            @Nullable String down,
            @Nullable String noDown,
            boolean asksMode) {}

    static List<ForeignMigration> read(Path project, ImportNotes notes) {
        var ini = Files.isDirectory(project) ? project.resolve("alembic.ini") : project;
        if (!Files.isRegularFile(ini)) {
            throw ForeignTexts.nothing(project, "alembic.ini");
        }
        var found = project(ini);
        if (found.trouble() != null) {
            throw failed(ini, found.trouble());
        }
        if (found.migrations().isEmpty()) {
            throw ForeignTexts.nothing(project, "a migration");
        }
        note(found, notes);
        return found.migrations().stream().map(p -> foreign(p, notes)).toList();
    }

    private static void note(Project found, ImportNotes notes) {
        if (found.unconfigured() != null) {
            notes.add(
                    "its env.py does not run without a database, so what it configures, as a naming"
                            + " convention of constraints, is not heeded ("
                            + found.unconfigured()
                            + ")");
        }
        if (found.table() != null || found.schema() != null) {
            notes.recordedIn(
                    found.schema() == null ? "" : found.schema(),
                    found.table() == null ? "alembic_version" : found.table());
        }
    }

    private static ForeignMigration foreign(Printed p, ImportNotes notes) {
        var file = Path.of(p.path());
        if (p.noDown() != null) {
            notes.add("no way back without a database (" + p.noDown() + ")", file);
        }
        if (p.asksMode() && p.up() != null) {
            notes.add("it asks whether it has a database; what it does with one is missing", file);
        }
        return new ForeignMigration(
                p.id(),
                p.revises(),
                p.dependsOn(),
                p.labels(),
                p.message(),
                p.created() == null ? null : Instant.parse(p.created()),
                p.up() == null ? ForeignSource.of(file) : new ForeignSource(file, 0, p.up()),
                p.down() == null ? null : new ForeignSource(file, 0, p.down()),
                TransactionMode.WRAPPED,
                p.up() == null ? "no SQL without a database (" + p.why() + ")" : null);
    }

    /**
     * Where the helper program was.
     *
     * @param at the migration and its direction; absent while a file was read
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Mark(@Nullable String at, @Nullable String file) {}

    /** The project; a migration that ends Python is left out of the next attempt. */
    private static Project project(Path ini) {
        var ended = new LinkedHashSet<String>();
        while (true) {
            var lines = run(ini, ended);
            if (lines.isEmpty()) {
                throw failed(ini, "it printed nothing");
            }
            var last = lines.getLast().getBytes(StandardCharsets.UTF_8);
            var mark = Json.read(last, Mark.class);
            if (mark.file() == null) {
                return Json.read(last, Project.class);
            }
            if (mark.at() == null || !ended.add(mark.at())) {
                throw failed(ini, mark.file() + " ends Python");
            }
        }
    }

    private static List<String> run(Path ini, Set<String> ended) {
        try {
            var program = Files.createTempFile("skein-alembic", ".py");
            var output = Files.createTempFile("skein-alembic", ".json");
            try {
                Files.writeString(program, ClassResources.text(AlembicProject.class, "alembic.py"));
                return printed(ini, command(program, ini.toAbsolutePath(), ended), output);
            } finally {
                Files.deleteIfExists(program);
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw failed(ini, String.valueOf(e.getMessage()));
        }
    }

    private static List<String> printed(Path ini, List<String> command, Path output)
            throws IOException {
        var process =
                new ProcessBuilder(command)
                        .directory(
                                Objects.requireNonNull(ini.toAbsolutePath().getParent()).toFile())
                        .redirectOutput(output.toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        await(ini, process);
        var lines = Files.readAllLines(output);
        if (process.exitValue() != 0 && lines.isEmpty()) {
            throw failed(ini, "it ended with " + process.exitValue() + ", see above");
        }
        return lines;
    }

    private static void await(Path ini, Process process) {
        try {
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw failed(ini, "it took more than " + MINUTES + " minutes");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SkeinException(ErrorCode.INTERRUPTED, ini.toString(), "interrupted", "");
        }
    }

    private static List<String> command(Path program, Path ini, Set<String> ended)
            throws IOException {
        var command = new ArrayList<String>(List.of(python(), program.toString(), ini.toString()));
        command.addAll(ended);
        return command;
    }

    private static SkeinException failed(Path ini, String found) {
        return SkeinException.failed(
                "Alembic project " + ini,
                "Alembic could not print its SQL: " + found,
                "Does 'alembic upgrade head --sql' work there?");
    }

    /** The interpreter in the first line of the installed program. */
    private static String python() throws IOException {
        for (var folder : String.valueOf(System.getenv("PATH")).split(":")) {
            var program = Path.of(folder, "alembic");
            if (!folder.isEmpty() && Files.isExecutable(program)) {
                try (var lines = Files.lines(program, StandardCharsets.ISO_8859_1)) {
                    var first = lines.findFirst().orElse("");
                    return first.startsWith("#!/usr/bin/env ") || !first.startsWith("#!/")
                            ? "python3"
                            : first.substring(2).strip().split(" ", 2)[0];
                }
            }
        }
        throw SkeinException.usage(
                "Alembic",
                "it is not installed, and only it knows the SQL of its migrations",
                "Install it with what the project needs, for example: pip install alembic");
    }
}
