// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.agent.cli.Skein;
import dev.skein.agent.cli.convert.project.MigrationTool;
import dev.skein.engine.SkeinException;
import dev.skein.engine.script.RevisionFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever ends an import, what it leaves is nothing, or all of it, or refused by every command.
 */
@Timeout(300)
class CutOffImportTest {
    private static final int MANY = 1_500;

    @TempDir Path folder;
    private Path from;
    private Path to;

    @BeforeEach
    void project() throws IOException {
        from = Files.createDirectory(folder.resolve("old"));
        to = folder.resolve("new");
        for (int i = 1; i <= MANY; i++) {
            Files.writeString(from.resolve(i + "_a.up.sql"), "SELECT " + i + ";\n");
        }
    }

    /** Imports in a process of its own. */
    private Process importing(String before) throws IOException {
        var java =
                List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Skein.class.getName(),
                        "import",
                        "folder",
                        from.toString(),
                        "--revisions=" + to);
        var words = new ArrayList<>(List.of("bash", "-c", before + "exec \"$@\"", "bash"));
        words.addAll(java);
        return new ProcessBuilder(words).redirectErrorStream(true).start();
    }

    /** Kills an import as soon as a folder holds so many files; one that is done by then, again. */
    private void killed(Path where, int count) throws Exception {
        Process process;
        do {
            for (var file : revisions(to)) {
                Files.delete(file);
            }
            process = importing("");
            while (process.isAlive() && revisions(where).size() < count) {
                Thread.onSpinWait();
            }
            process.destroyForcibly();
        } while (process.waitFor() == 0);
        assertThat(process.exitValue()).isEqualTo(128 + 9);
    }

    private static List<Path> revisions(Path where) throws IOException {
        try (var files = Files.list(where)) {
            return files.filter(f -> f.toString().endsWith(".sql")).toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private void again() {
        assertThat(ProjectImport.run(MigrationTool.FOLDER, from, to, false).files()).hasSize(MANY);
        assertThat(new RevisionFolder(to).load().all()).hasSize(MANY);
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("old", "new");
    }

    @Test
    void killedWhileItWritesItHasWrittenNothing() throws Exception {
        killed(folder.resolve(".skein-import-new/revisions"), 5);
        assertThat(to).doesNotExist();
        again();
    }

    @Test
    void killedAmongOtherFilesItsHalfIsRefusedAndTheNextOneMendsIt() throws Exception {
        Files.createDirectory(to);
        Files.writeString(to.resolve("README.md"), "x");
        killed(to, 5);
        assertThat(revisions(to)).hasSizeBetween(5, MANY);
        assertThatThrownBy(() -> new RevisionFolder(to).load())
                .hasMessageContaining(TargetFolder.UNFINISHED)
                .hasMessageContaining("run it again");
        again();
        assertThat(to.resolve("README.md")).hasContent("x");
    }

    @Test
    void onAFullDiskItHasWrittenNothing() throws Exception {
        Files.writeString(from.resolve("700_a.up.sql"), "SELECT 1; -- " + "x".repeat(90_000));
        var process = importing("ulimit -f 64; ");
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(1);
        assertThat(said).contains("cannot be written").contains("nothing was taken over");
        assertThat(folder.toFile().list()).containsExactly("old");
        again();
    }

    @Test
    void whileOneWritesNoOtherDoes() throws Exception {
        var beside = folder.resolve(".skein-import-new");
        Files.createDirectory(beside);
        var lock = beside.resolve("lock").toFile();
        try (var held = new java.io.RandomAccessFile(lock, "rw");
                var _ = held.getChannel().lock()) {
            assertThatThrownBy(() -> ProjectImport.run(MigrationTool.FOLDER, from, to, false))
                    .isInstanceOf(SkeinException.class)
                    .hasMessageContaining("another import is writing into it");
            assertThat(to).doesNotExist();
        }
        again();
    }

    @Test
    void whatTheListNamesElsewhereStays() throws IOException {
        Files.createDirectory(to);
        var other = Files.writeString(folder.resolve("other.sql"), "x");
        Files.writeString(
                to.resolve(TargetFolder.UNFINISHED), "--@ x\n-- ../other.sql\n-- " + other + "\n");
        ProjectImport.run(MigrationTool.FOLDER, from, to, false);
        assertThat(other).hasContent("x");
    }
}
