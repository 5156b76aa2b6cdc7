// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert.project;

import dev.skein.agent.cli.convert.source.ForeignMigration;
import dev.skein.agent.cli.convert.source.ForeignSource;
import dev.skein.agent.cli.convert.source.ForeignTexts;
import dev.skein.agent.cli.convert.source.ImportNotes;
import dev.skein.agent.cli.convert.source.TransactionMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Diesel: a folder for each migration, {@code 2024-01-31-120000_words/up.sql} and down.sql, in the
 * order of their versions as text; the version is what stands before the first underscore, without
 * its dashes.
 */
final class DieselProject {
    private static final Pattern UP = Pattern.compile("up\\.sql");
    private static final Pattern ALONE =
            Pattern.compile("(?m)^\\s*run_in_transaction\\s*=\\s*false\\b");
    private static final Pattern FOLDER =
            Pattern.compile(
                    "(?ms)^\\[migrations_directory\\][^\\[]*?^\\s*dir\\s*=\\s*\"([^\"]+)\"");

    private DieselProject() {}

    /** The version as Diesel records it. */
    static String version(String folder) {
        return folder.replaceFirst("_.*", "").replace("-", "");
    }

    static List<ForeignMigration> read(Path project, ImportNotes notes) {
        var folder = ProjectFolder.of(migrations(project), 2);
        var homes = new TreeMap<String, Path>();
        for (var up : folder.take(UP)) {
            var home = Objects.requireNonNull(up.getParent());
            var other = homes.put(version(ProjectFolder.name(home)), home);
            if (other != null) {
                throw ForeignTexts.twice(home, other);
            }
        }
        if (homes.isEmpty()) {
            throw ForeignTexts.nothing(folder.root(), "2024-01-31-120000_words/up.sql");
        }
        var found = new ArrayList<ForeignMigration>();
        homes.forEach((version, home) -> found.add(migration(version, home, folder)));
        folder.tell(notes);
        return found;
    }

    private static Path migrations(Path project) {
        var settings = project.resolve("diesel.toml");
        if (Files.isRegularFile(settings)) {
            var named = FOLDER.matcher(ForeignTexts.read(settings));
            if (named.find()) {
                return project.resolve(named.group(1));
            }
        }
        var usual = project.resolve("migrations");
        return Files.isDirectory(usual) ? usual : project;
    }

    private static ForeignMigration migration(String version, Path home, ProjectFolder folder) {
        var name = ProjectFolder.name(home);
        int words = name.indexOf('_');
        return ForeignMigration.single(
                ForeignTexts.id(version),
                words < 0 ? "" : ForeignTexts.words(name.substring(words + 1)),
                ForeignSource.of(home.resolve("up.sql")),
                optional(home.resolve("down.sql"), folder),
                isAlone(home.resolve("metadata.toml"), folder)
                        ? TransactionMode.ALONE
                        : TransactionMode.WRAPPED);
    }

    private static @Nullable ForeignSource optional(Path file, ProjectFolder folder) {
        return folder.take(file) ? ForeignSource.of(file) : null;
    }

    private static boolean isAlone(Path metadata, ProjectFolder folder) {
        return folder.take(metadata) && ALONE.matcher(ForeignTexts.read(metadata)).find();
    }
}
