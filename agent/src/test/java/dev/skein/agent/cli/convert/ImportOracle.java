// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.cli.convert.MadeProject.Due;
import dev.skein.agent.cli.convert.project.MigrationTool;
import dev.skein.engine.SkeinException;
import dev.skein.engine.revision.Revision;
import dev.skein.engine.script.RevisionFolder;
import dev.skein.engine.script.Script;
import dev.skein.engine.script.ScriptPiece.Statement;
import dev.skein.engine.script.Scripts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Judges an import by what the project was made of. */
final class ImportOracle {
    private static final Pattern JAVA =
            Pattern.compile("java\\.|Exception|Error\\b|out of (bounds|range)|\\bnull\\b");
    private static final Pattern PLACE = Pattern.compile("(?m)^(?: {2})?(/[^\\n]*?):(\\d+): ");

    /** The other language's errors have names of that kind, too, and are told with them. */
    private static final Pattern OF_JAVA_ALONE =
            Pattern.compile("java\\.|\\tat |[a-z]Exception|out of bounds");

    private final MadeProject project;
    private final Pattern java;
    private final Path from;
    private final Path to;

    ImportOracle(MigrationTool tool, MadeProject project, Path from, Path to) {
        this.java = tool == MigrationTool.ALEMBIC ? OF_JAVA_ALONE : JAVA;
        this.project = project;
        this.from = from;
        this.to = to;
    }

    /** A whole project that was taken over: all of it, in its order, and what is left out named. */
    void judgeWhole(MigrationTool tool, ProjectImport.Result result) throws IOException {
        assertThat(project.twice()).isNull();
        var scripts = written(result);
        assertThat(scripts.graph().inOrder())
                .extracting(Revision::id)
                .isEqualTo(project.due().stream().map(Due::id).toList());
        String parent = null;
        Instant at = Instant.MIN;
        for (var due : project.due()) {
            var script = Objects.requireNonNull(scripts.get(due.id()));
            assertThat(script.revision().revises())
                    .isEqualTo(parent == null ? List.of() : List.of(parent));
            assertThat(script.revision().created())
                    .isAfterOrEqualTo(tool == MigrationTool.SQITCH ? at : at.plusNanos(1));
            at = script.revision().created();
            parent = due.id();
            judge(due, script);
        }
        var refused = project.due().stream().filter(d -> d.refused() != null).toList();
        assertThat(result.stubs()).isEqualTo(refused.stream().map(Due::id).toList());
        var notes = String.join("\n", result.notes());
        assertThat(notes).doesNotContainPattern(java);
        project.told().forEach(file -> assertThat(notes).contains(file));
        refused.forEach(d -> assertThat(notes).contains(d.refused() + ": "));
    }

    /** What was written: these files and nothing else. */
    private Scripts written(ProjectImport.Result result) throws IOException {
        try (var files = Files.list(to)) {
            assertThat(files.toList()).containsExactlyInAnyOrderElementsOf(result.files());
        }
        var scripts = new RevisionFolder(to).load();
        assertThat(scripts.all()).hasSameSizeAs(result.files());
        return scripts;
    }

    private void judge(Due due, Script script) throws IOException {
        var up = script.upgrade().statements();
        if (due.refused() == null) {
            assertThat(up).extracting(Statement::sql).as(due.id()).isEqualTo(due.up());
            assertThat(script.irreversible() != null).isEqualTo(due.down() == null);
            assertThat(script.downgrade().statements())
                    .extracting(Statement::sql)
                    .isEqualTo(due.down() == null ? List.of() : due.down());
            assertThat(script.transactional()).as(due.id()).isEqualTo(!due.nonTransactional());
        } else {
            assertThat(up).singleElement().asString().contains("RAISE EXCEPTION");
            var text = text(due.id());
            for (var file : due.files()) {
                lines(file)
                        .filter(line -> line.startsWith("SELECT"))
                        .forEach(line -> assertThat(text).contains("-- |    " + line));
            }
        }
    }

    private Stream<String> lines(String file) {
        var text = Objects.requireNonNull(project.files().get(file));
        int mark = Math.max(text.indexOf("-- migrate:up"), text.indexOf("-- +goose Up"));
        return text.substring(Math.max(mark, 0)).lines().map(String::stripTrailing);
    }

    private String text(String id) throws IOException {
        for (var file : new RevisionFolder(to).files()) {
            var text = Files.readString(file);
            if (text.startsWith("--@ revision: " + id + "\n")) {
                return text;
            }
        }
        throw new AssertionError("no file of " + id);
    }

    /** A project of which one file is damaged: the others are taken over as ever. */
    void judgeDamaged(ProjectImport.Result result, String damaged, @Nullable String now)
            throws IOException {
        var scripts = written(result);
        var notes = String.join("\n", result.notes());
        assertThat(notes).doesNotContainPattern(java);
        if (!project.files().getOrDefault(damaged, "").contains("SELECT")) {
            return; // settings, on which everything may depend
        }
        for (var due : project.due()) {
            if (!due.files().contains(damaged)) {
                assertThat(scripts.graph().contains(due.id())).as(due.id()).isTrue();
                judge(due, scripts.get(due.id()));
            } else if (now != null
                    && due.files().size() == 1
                    && scripts.graph().contains(due.id())) {
                part(scripts.get(due.id()), now);
            }
        }
    }

    /** What is there of a damaged file was in it, in its order. */
    private static void part(Script script, String now) {
        int at = 0;
        for (var one : script.upgrade().statements()) {
            if (one.sql().startsWith("SELECT '")) {
                at = now.indexOf(one.sql(), at);
                assertThat(at).as(one.sql()).isNotNegative();
            }
        }
    }

    /** A refusal: in words, with files and lines that are there. */
    void judge(SkeinException refusal, boolean whole) throws IOException {
        assertThat(refusal.found()).isNotBlank();
        var all = refusal.subject() + ": " + refusal.found();
        assertThat(all.replace(from.toString(), "")).doesNotContainPattern(java);
        assertThat(to).as(all).doesNotExist();
        if (whole && project.twice() != null) {
            assertThat(all)
                    .contains("the same version")
                    .contains(project.twice().replaceFirst("/up\\.sql$", ""));
        } else if (whole) {
            var refused = project.due().stream().filter(d -> d.refused() != null).toList();
            assertThat(refused).as(all).isNotEmpty();
            assertThat(all)
                    .contains(
                            refused.size()
                                    + (refused.size() == 1 ? " migration " : " migrations "));
            refused.forEach(d -> assertThat(all).contains(from.resolve(d.refused()) + ": "));
        }
        var place = PLACE.matcher(all);
        while (place.find()) {
            var file = Path.of(place.group(1));
            assertThat(file).exists();
            assertThat(Integer.parseInt(place.group(2)))
                    .isBetween(
                            1,
                            1
                                    + new String(
                                                    Files.readAllBytes(file),
                                                    StandardCharsets.ISO_8859_1)
                                            .split("\n", -1)
                                            .length);
        }
    }
}
