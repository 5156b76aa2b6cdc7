// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.place;

import dev.skein.agent.cli.project.ProjectFile;
import dev.skein.engine.SkeinException;
import dev.skein.engine.revision.SimilarWords;
import dev.skein.engine.script.RevisionFolder;
import dev.skein.engine.script.Scripts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which project a command is about: its file and its folder. */
public final class ProjectOptions {
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
    public @Nullable ProjectFile project() {
        var file = config == null ? Path.of(ProjectFile.NAME) : config;
        return config == null && !Files.exists(file) ? null : ProjectFile.read(file);
    }

    /** The revisions folder. */
    public RevisionFolder folder() {
        if (revisions != null) {
            return new RevisionFolder(revisions);
        }
        var project = project();
        return new RevisionFolder(project == null ? Path.of("revisions") : project.revisions());
    }

    /** What is in it. */
    public Scripts scripts() {
        return folder().load();
    }

    /** A database by its address, or by its name in the project's file. */
    public DatabasePlace called(String nameOrUrl) {
        return nameOrUrl.contains("://")
                ? DatabasePlace.byUrl(nameOrUrl)
                : named(List.of(nameOrUrl), false).getFirst();
    }

    /** Databases of the project's file: these, or all, or its default. */
    List<DatabasePlace> named(List<String> names, boolean all) {
        var project = projectWithDatabases(names);
        if (all) {
            return project.databases().keySet().stream().map(n -> named(project, n)).toList();
        }
        return names.isEmpty()
                ? List.of(named(project, project.defaultDatabase()))
                : names.stream().map(n -> named(project, n)).toList();
    }

    private ProjectFile projectWithDatabases(List<String> names) {
        var project = project();
        if (project == null) {
            throw SkeinException.usage(
                    "Database",
                    "there is no --url, and no skein.yaml here",
                    "Name one with --url, or create the file: skein init");
        }
        if (names.isEmpty() && project.databases().isEmpty()) {
            throw SkeinException.usage(
                    project.file().toString(), "it has no databases", "Name one with --url");
        }
        return project;
    }

    private static DatabasePlace named(ProjectFile project, @Nullable String chosen) {
        if (chosen == null) {
            throw noDefault(project);
        }
        var database = project.databases().get(chosen);
        if (database == null) {
            throw unknown(project, chosen);
        }
        return DatabasePlace.resolved(chosen, database);
    }

    private static SkeinException noDefault(ProjectFile project) {
        return SkeinException.usage(
                project.file().toString(),
                "it names no default among its databases",
                "Say which: -d "
                        + String.join(" · -d ", project.databases().keySet())
                        + " · --all; or write default: NAME there");
    }

    private static SkeinException unknown(ProjectFile project, String name) {
        var known = project.databases().keySet();
        return SkeinException.usage(
                project.file().toString(),
                "it has no database '" + name + "'" + SimilarWords.to(name, known),
                "It has: " + String.join(", ", known));
    }
}
