// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert;

import dev.skein.engine.SkeinException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A tool whose projects can be taken over. */
public enum Tool {
    ALEMBIC,
    FLYWAY,
    SQITCH,
    DIESEL,
    FOLDER;

    /** By its name on the command line. */
    public static Tool named(String name) {
        for (var tool : values()) {
            if (tool.name().equalsIgnoreCase(name)) {
                return tool;
            }
        }
        var known =
                Arrays.stream(values())
                        .map(t -> t.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", "));
        throw SkeinException.usage("Tool '" + name + "'", "it is not known", "Known are: " + known);
    }

    /** Reads a project of it, in the order the tool would run it. */
    List<Foreign> read(Path project, Notes notes) {
        return switch (this) {
            case ALEMBIC -> AlembicProject.read(project);
            case FLYWAY -> FlywayProject.read(project, notes);
            case SQITCH -> SqitchProject.read(project, notes);
            case DIESEL -> DieselProject.read(project);
            case FOLDER -> PlainFolder.read(project);
        };
    }
}
