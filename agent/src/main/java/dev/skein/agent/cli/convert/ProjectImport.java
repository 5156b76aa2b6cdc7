// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert;

import dev.skein.agent.cli.convert.project.MigrationTool;
import dev.skein.agent.cli.convert.record.OwnTable;
import dev.skein.agent.cli.convert.source.ForeignMigration;
import dev.skein.agent.cli.convert.source.ImportNotes;
import dev.skein.engine.SkeinException;
import dev.skein.engine.revision.Revision;
import dev.skein.engine.script.ScriptParser;
import dev.skein.engine.script.ScriptWriter;
import dev.skein.engine.script.Scripts;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes another tool's migrations as revisions: all of them, or none. */
public final class ProjectImport {
    private final MigrationTool tool;
    private final Path project;
    private final boolean stubs;
    private final ImportNotes notes;

    private ProjectImport(MigrationTool tool, Path project, boolean stubs) {
        this.tool = tool;
        this.project = project;
        this.stubs = stubs;
        this.notes = new ImportNotes(project);
    }

    /**
     * What was written.
     *
     * @param stubs ids of the revisions that somebody must write, since their migrations could not
     *     be taken over
     * @param notes what a person must look at
     * @param record the table that the tool was told to record in; absent for its own
     */
    public record Result(
            List<Path> files, List<String> stubs, List<String> notes, @Nullable String record) {
        public Result {
            files = List.copyOf(files);
            stubs = List.copyOf(stubs);
            notes = List.copyOf(notes);
        }
    }

    /**
     * Reads a project and writes its revisions into a folder that has none.
     *
     * @param stubs whether a migration that cannot be taken over becomes a revision to fill in
     * @throws SkeinException before anything is written, naming all that cannot be taken over
     */
    public static Result run(MigrationTool tool, Path project, Path folder, boolean stubs) {
        var target = new TargetFolder(folder);
        target.check();
        return new ProjectImport(tool, project, stubs).into(target);
    }

    private Result into(TargetFolder target) {
        var texts = texts(tool.read(project, notes));
        var refused = notes.refused();
        if (!refused.isEmpty() && !stubs) {
            throw refusal(refused.values());
        }
        refused.values().forEach(why -> notes.add(why.subject() + ": " + why.found()));
        Scripts.of(
                texts.entrySet().stream()
                        .map(t -> ScriptParser.parse(t.getKey(), t.getValue()))
                        .toList());
        var files = target.write(texts);
        return new Result(files, List.copyOf(refused.keySet()), notes.lines(), notes.record());
    }

    private SkeinException refusal(Collection<SkeinException> refused) {
        var one = refused.size() == 1;
        return SkeinException.usage(
                project.toString(),
                (one ? "1 migration" : refused.size() + " migrations")
                        + " cannot be taken over:\n"
                        + inWords(refused),
                "Mend "
                        + (one ? "it" : "them")
                        + " there, or take the others, with a revision to fill in for each of"
                        + " these: --stubs");
    }

    private static String inWords(Collection<SkeinException> refused) {
        return refused.stream()
                .map(why -> "  " + why.subject() + ": " + why.found() + "\n")
                .collect(Collectors.joining());
    }

    private Map<String, String> texts(List<ForeignMigration> migrations) {
        var texts = new LinkedHashMap<String, String>();
        var start = Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS);
        var own = OwnTable.of(tool, notes.record(), migrations);
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
            texts.put(ScriptWriter.fileName(revision), text(revision, migration, own));
        }
        return texts;
    }

    private String text(Revision revision, ForeignMigration migration, OwnTable own) {
        try {
            return RevisionText.of(revision, migration, own, notes);
        } catch (SkeinException e) {
            notes.refuse(migration.id(), e);
            return RevisionText.stub(revision, migration, e);
        }
    }
}
