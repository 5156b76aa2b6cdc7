// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.local;

import dev.skein.agent.cli.BaseCommand;
import dev.skein.agent.cli.project.ProjectFile;
import dev.skein.agent.config.Secrets;
import dev.skein.engine.SkeinException;
import dev.skein.engine.journal.Author;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.script.RevisionFolder;
import dev.skein.engine.script.Scripts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What commands on one project share: its file and its folder. */
abstract class LocalCommand extends BaseCommand {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The project's file (default: skein.yaml here).")
    private @Nullable Path config;

    @Option(
            names = "--revisions",
            paramLabel = "DIR",
            description = "The revisions folder (default: as the project's file says).")
    private @Nullable Path revisions;

    /** The project's file, or null where there is none and none was named. */
    @Nullable ProjectFile project() {
        var file = config == null ? Path.of(ProjectFile.NAME) : config;
        return config == null && !Files.exists(file) ? null : ProjectFile.read(file);
    }

    RevisionFolder folder() {
        if (revisions != null) {
            return new RevisionFolder(revisions);
        }
        var project = project();
        return new RevisionFolder(project == null ? Path.of("revisions") : project.revisions());
    }

    Scripts scripts() {
        return folder().load();
    }

    /** The operating system's user, as the author of entries. */
    static Author author() {
        return new Author(System.getProperty("user.name", "unknown"), null, null);
    }

    /** An address by url, by name, or the project's default. */
    DatabaseAddress address(@Nullable String url, @Nullable String name) {
        if (url != null) {
            var address = DatabaseAddress.parse(url);
            var password = System.getenv("PGPASSWORD");
            return address.password() == null && password != null
                    ? address.withPassword(password)
                    : address;
        }
        var project = project();
        if (project == null) {
            throw SkeinException.usage(
                    "Database",
                    "there is no --url, and no skein.yaml here",
                    "Name one with --url, or create the file: skein init");
        }
        return named(project, name);
    }

    private static DatabaseAddress named(ProjectFile project, @Nullable String name) {
        var chosen = name == null ? project.defaultDatabase() : name;
        var database = chosen == null ? null : project.databases().get(chosen);
        if (database == null) {
            throw SkeinException.usage(
                    project.file().toString(),
                    chosen == null
                            ? "it names no default among its databases"
                            : "it has no database '" + chosen + "'",
                    "It has: " + String.join(", ", project.databases().keySet()));
        }
        var reference = database.password();
        if (reference == null) {
            return database.address();
        }
        var subject = "Database " + Objects.requireNonNull(chosen);
        return database.address().withPassword(Secrets.resolve(subject, reference));
    }
}
