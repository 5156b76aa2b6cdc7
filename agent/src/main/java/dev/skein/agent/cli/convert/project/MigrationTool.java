// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert.project;

import dev.skein.agent.cli.convert.source.ForeignMigration;
import dev.skein.agent.cli.convert.source.ImportNotes;
import dev.skein.engine.SkeinException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A tool whose projects can be taken over. */
public enum MigrationTool {
    ALEMBIC,
    FLYWAY,
    SQITCH,
    DIESEL,
    FOLDER;

    /** By its name on the command line. */
    public static MigrationTool named(String name) {
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

    /** Whether a table of records is one of its own; a folder may be any other tool's. */
    public boolean records(String tool) {
        return this == FOLDER
                ? Arrays.stream(values()).noneMatch(t -> t.name().equalsIgnoreCase(tool))
                : name().equalsIgnoreCase(tool);
    }

    /** Reads a project of it, each migration with its place behind the ones before it. */
    public List<ForeignMigration> read(Path project, ImportNotes notes) {
        return switch (this) {
            case ALEMBIC -> AlembicProject.read(project, notes);
            case FLYWAY -> inLine(FlywayProject.read(project, notes));
            case SQITCH -> inLine(SqitchProject.read(project, notes));
            case DIESEL -> inLine(DieselProject.read(project, notes));
            case FOLDER -> inLine(SqlFileFolder.read(project, notes));
        };
    }

    /** One behind the other, in the order the tool runs them. */
    private static List<ForeignMigration> inLine(List<ForeignMigration> migrations) {
        var line = new ArrayList<ForeignMigration>();
        for (var migration : migrations) {
            line.add(migration.behind(line.isEmpty() ? null : line.getLast()));
        }
        return line;
    }
}
