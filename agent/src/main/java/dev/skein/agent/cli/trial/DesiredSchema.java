// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.trial;

import dev.skein.agent.cli.entities.EntitySchema;
import dev.skein.agent.cli.project.ProjectFile;
import dev.skein.engine.SkeinException;
import dev.skein.engine.generate.SchemaFiles;
import dev.skein.engine.scratch.ScratchDatabase;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The schema that somebody wants: SQL, JPA entities, or both, where the SQL has what entities
 * cannot say.
 */
public record DesiredSchema(@Nullable Path files, @Nullable EntitySchema entities) {
    /** As a command's options say, else as the project's file. */
    public static DesiredSchema of(
            @Nullable ProjectFile project, @Nullable String files, @Nullable String entities) {
        if (files != null || entities != null) {
            return new DesiredSchema(
                    files == null ? null : Path.of(files),
                    entities == null ? null : entities(entities, project));
        }
        if (project != null && (project.desired() != null || project.entities() != null)) {
            var classes = project.entities();
            return new DesiredSchema(
                    project.desired(),
                    classes == null
                            ? null
                            : new EntitySchema(classes.places(), classes.settings()));
        }
        throw SkeinException.usage(
                "Desired schema",
                "neither --desired, nor --entities, nor skein.yaml names one",
                "Say --desired schema.sql, or write desired: schema into skein.yaml");
    }

    /** Entities at a class path, with the settings that the project's file has. */
    static EntitySchema entities(String classPath, @Nullable ProjectFile project) {
        var places = Stream.of(classPath.split(File.pathSeparator)).map(Path::of).toList();
        var classes = project == null ? null : project.entities();
        return new EntitySchema(places, classes == null ? Map.of() : classes.settings());
    }

    /** Makes it. */
    public void load(ScratchDatabase database, Duration bound) {
        var schema = new SchemaFiles(files == null ? List.of() : List.of(files), bound);
        if (entities != null) {
            schema.with(entities.name(), entities.sql(database.server().major()));
        }
        schema.load(database);
    }
}
