// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Diesel: a folder for each migration, {@code 2024-01-31-120000_words/up.sql} and down.sql. */
final class DieselProject {
    private DieselProject() {}

    /** The version as Diesel records it. */
    static String version(String folder) {
        return folder.replaceFirst("_.*", "").replace("-", "");
    }

    static List<Foreign> read(Path project) {
        var folder =
                Files.isDirectory(project.resolve("migrations"))
                        ? project.resolve("migrations")
                        : project;
        var found = new ArrayList<Foreign>();
        String parent = null;
        for (var up : Texts.files(folder, "up\\.sql")) {
            var home = java.util.Objects.requireNonNull(up.getParent());
            var name = String.valueOf(home.getFileName());
            var down = home.resolve("down.sql");
            var meta = home.resolve("metadata.toml");
            var alone =
                    Files.exists(meta)
                            && Texts.read(meta)
                                    .replace(" ", "")
                                    .contains("run_in_transaction=false");
            var id = Texts.id(version(name));
            int words = name.indexOf('_');
            found.add(
                    Foreign.after(
                            parent,
                            id,
                            words < 0 ? "" : Texts.words(name.substring(words + 1)),
                            Texts.read(up),
                            Files.exists(down) ? Texts.read(down) : null,
                            !alone));
            parent = id;
        }
        if (found.isEmpty()) {
            throw Texts.nothing(folder, "2024-01-31-120000_words/up.sql");
        }
        return found;
    }
}
