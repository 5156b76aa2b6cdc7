// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.place;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.project.LibpqDefaults;
import dev.skein.agent.cli.project.ProjectFile;
import dev.skein.agent.daemon.config.SecretReferences;
import dev.skein.engine.SkeinException;
import dev.skein.engine.journal.Author;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.revision.RevisionGraph;
import dev.skein.engine.revision.SimilarWords;
import dev.skein.engine.script.RevisionFolder;
import dev.skein.engine.script.Scripts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What commands on one project share: its file and its folder. */
public abstract class LocalCommand extends BaseCommand {
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

    protected RevisionFolder folder() {
        if (revisions != null) {
            return new RevisionFolder(revisions);
        }
        var project = project();
        return new RevisionFolder(project == null ? Path.of("revisions") : project.revisions());
    }

    public Scripts scripts() {
        return folder().load();
    }

    /** Whether the person at the terminal says yes to a question; no where there is none. */
    protected boolean isAgreed(String question) {
        var console = out().isTerminal() ? System.console() : null;
        if (console == null || !console.isTerminal()) {
            return false;
        }
        var answer = console.readLine("%s [y/N] ", question);
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }

    /** Tells somebody who sees an empty list why it is empty. */
    protected void sayWhetherEmpty(RevisionGraph graph) {
        if (graph.heads().isEmpty()) {
            out().say(
                            "There are no revisions yet. Make the first: skein revision -m \"what"
                                    + " it does\"");
        }
    }

    /** A path as one would write it here: below this folder, without the way to it. */
    protected static String near(Path path) {
        var here = Path.of("").toAbsolutePath();
        return path.toAbsolutePath().startsWith(here)
                ? here.relativize(path.toAbsolutePath()).toString()
                : path.toString();
    }

    /** The operating system's user, as the author of entries. */
    public static Author author() {
        return new Author(System.getProperty("user.name", "unknown"), null, null);
    }

    /** A database by its address; what that leaves out is where psql finds it. */
    public static DatabasePlace byUrl(String url) {
        var address = LibpqDefaults.system().complete(DatabaseAddress.parse(url), null);
        return DatabasePlace.of(address.url(), address);
    }

    /** A database by its address, or by its name in the project's file. */
    public DatabasePlace called(String nameOrUrl) {
        return nameOrUrl.contains("://")
                ? byUrl(nameOrUrl)
                : named(List.of(nameOrUrl), false).getFirst();
    }

    /** Databases of the project's file: these, or all, or its default. */
    List<DatabasePlace> named(List<String> names, boolean all) {
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
        if (all) {
            return project.databases().keySet().stream().map(n -> named(project, n)).toList();
        }
        return names.isEmpty()
                ? List.of(named(project, project.defaultDatabase()))
                : names.stream().map(n -> named(project, n)).toList();
    }

    private static DatabasePlace named(ProjectFile project, @Nullable String chosen) {
        var database = chosen == null ? null : project.databases().get(chosen);
        if (chosen == null || database == null) {
            throw SkeinException.usage(
                    project.file().toString(),
                    chosen == null
                            ? "it names no default among its databases"
                            : "it has no database '"
                                    + chosen
                                    + "'"
                                    + SimilarWords.to(chosen, project.databases().keySet()),
                    chosen == null
                            ? "Say which: -d "
                                    + String.join(" · -d ", project.databases().keySet())
                                    + " · --all; or write default: NAME there"
                            : "It has: " + String.join(", ", project.databases().keySet()));
        }
        return resolved(chosen, database);
    }

    /** A database with its password, from where the file says, else from where psql has it. */
    public static DatabasePlace resolved(String name, ProjectFile.Database database) {
        var reference = database.password();
        var password =
                reference == null ? null : SecretReferences.resolve("Database " + name, reference);
        return DatabasePlace.of(
                name, LibpqDefaults.system().complete(database.address(), password));
    }
}
