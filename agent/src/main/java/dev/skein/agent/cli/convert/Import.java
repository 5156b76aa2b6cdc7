// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.FileTrouble;
import dev.skein.engine.SkeinException;
import dev.skein.engine.revision.Revision;
import dev.skein.engine.script.ScriptParser;
import dev.skein.engine.script.ScriptWriter;
import dev.skein.engine.script.Scripts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes another tool's migrations as revisions: all of them, or none. */
public final class Import {
    private Import() {}

    /**
     * What was written.
     *
     * @param notes what a person must look at
     */
    public record Result(List<Path> files, List<String> notes) {}

    /**
     * Reads a project and writes its revisions into a folder that has none.
     *
     * @throws SkeinException before anything is written, for what cannot be taken over
     */
    public static Result run(Tool tool, Path project, Path folder) {
        var notes = new Notes();
        var texts = texts(tool.read(project, notes), notes);
        Scripts.of(
                texts.entrySet().stream()
                        .map(t -> ScriptParser.parse(t.getKey(), t.getValue()))
                        .toList());
        return new Result(write(folder, texts), List.copyOf(notes.lines()));
    }

    private static Map<String, String> texts(List<Foreign> migrations, Notes notes) {
        var texts = new LinkedHashMap<String, String>();
        var start = Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS);
        Instant at = start.minusSeconds(migrations.size());
        for (var migration : migrations) {
            var created = migration.created() == null ? at : migration.created();
            at = at.plusSeconds(1);
            var revision =
                    new Revision(
                            migration.id(),
                            migration.revises(),
                            migration.dependsOn(),
                            migration.labels(),
                            migration.message(),
                            created);
            texts.put(ScriptWriter.fileName(revision), RevisionText.of(revision, migration, notes));
        }
        return texts;
    }

    private static List<Path> write(Path folder, Map<String, String> texts) {
        var written = new ArrayList<Path>();
        try {
            Files.createDirectories(folder);
            try (var there = Files.list(folder)) {
                if (there.anyMatch(f -> f.toString().endsWith(".sql"))) {
                    throw SkeinException.usage(
                            folder.toString(),
                            "there are revisions in it already",
                            "Name an empty folder with --revisions");
                }
            }
            for (var text : texts.entrySet()) {
                var file = folder.resolve(text.getKey());
                Files.writeString(file, text.getValue(), StandardOpenOption.CREATE_NEW);
                written.add(file);
            }
            return written;
        } catch (IOException e) {
            takeBack(written);
            throw new SkeinException(
                    ErrorCode.FAILED,
                    folder.toString(),
                    "it cannot be written (" + FileTrouble.inWords(e) + "); nothing was taken over",
                    "Check the folder's permissions and the disk",
                    e);
        }
    }

    private static void takeBack(List<Path> written) {
        for (var file : written) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                System.getLogger(Import.class.getName())
                        .log(System.Logger.Level.WARNING, "left behind: {0}", file);
            }
        }
    }
}
