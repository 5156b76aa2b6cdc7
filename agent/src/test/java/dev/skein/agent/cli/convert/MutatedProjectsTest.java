// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skein.agent.cli.convert.project.MigrationTool;
import dev.skein.agent.cli.convert.project.ProjectFolder;
import dev.skein.engine.SkeinException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * Many projects of other tools, whole and damaged: each import writes all of one, as it was made,
 * or says why not and writes nothing.
 */
class MutatedProjectsTest {
    private static final long SEED = Long.getLong("skein.test.seed", 20261128L);
    private static final int WHOLE = 250;
    private static final int DAMAGED = 480;

    /** Each is an interpreter of its own. */
    private static final int OF_ALEMBIC = 80;

    private static final Duration BOUND = Duration.ofMinutes(5);
    private static final List<String> SNIPPETS =
            List.of(
                    "'",
                    "\"",
                    ";",
                    "$$",
                    "/*",
                    "--@ x\n",
                    "\\i x\n",
                    "\0",
                    "ROLLBACK;",
                    "BEGIN;",
                    "COMMIT;",
                    "${x}",
                    "\r",
                    "-- +goose Down\n",
                    "-- migrate:down\n",
                    "@v9 ",
                    "[",
                    "é",
                    "CREATE INDEX CONCURRENTLY i ON t (a);",
                    "RESET ALL;",
                    "%project=",
                    "SET ");

    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource(value = MigrationTool.class, mode = Mode.EXCLUDE, names = "ALEMBIC")
    void aWholeProjectIsTakenOverAsItIs(MigrationTool tool) {
        assertThat(tried(tool, false)).as("taken over").isBetween(WHOLE / 2, WHOLE - 1);
    }

    @ParameterizedTest
    @EnumSource(value = MigrationTool.class, mode = Mode.EXCLUDE, names = "ALEMBIC")
    void aDamagedProjectIsTakenOverOrRefusedWhole(MigrationTool tool) {
        assertThat(tried(tool, true)).as("taken over").isBetween(DAMAGED / 3, DAMAGED - 1);
    }

    @Test
    void aDamagedProjectOfAlembicIsTakenOverOrRefusedWhole() {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(p -> Files.isExecutable(Path.of(p, "alembic"))),
                "alembic is not installed on this machine");
        var written =
                IntStream.range(0, OF_ALEMBIC)
                        .parallel()
                        .filter(number -> isWritten(MigrationTool.ALEMBIC, number, true))
                        .count();
        assertThat(written).as("taken over").isBetween(OF_ALEMBIC / 8L, OF_ALEMBIC - 1L);
    }

    private int tried(MigrationTool tool, boolean damage) {
        return assertTimeoutPreemptively(
                BOUND,
                () -> {
                    int written = 0;
                    for (int number = 0; number < (damage ? DAMAGED : WHOLE); number++) {
                        written += isWritten(tool, number, damage) ? 1 : 0;
                    }
                    return written;
                });
    }

    private boolean isWritten(MigrationTool tool, int number, boolean damage) {
        var random = new Random(SEED * 1_000_003 + number * 31L + tool.name().hashCode());
        var project = MadeProject.of(tool, random);
        var from = folder.resolve(tool + "-" + number);
        var to = folder.resolve("to-" + tool + "-" + number);
        try {
            var damaged = damage ? damaged(project, from, random) : null;
            for (var file : project.files().entrySet()) {
                if (damaged == null || !damaged.file().equals(file.getKey())) {
                    write(
                            from.resolve(file.getKey()),
                            file.getValue().getBytes(StandardCharsets.UTF_8));
                }
            }
            return isWritten(tool, project, damaged, from, to, number % 2 == 0);
        } catch (AssertionError | RuntimeException | IOException e) {
            throw new AssertionError(
                    "%s %d of seed %d: %s".formatted(tool, number, SEED, project.files()), e);
        }
    }

    private static boolean isWritten(
            MigrationTool tool,
            MadeProject project,
            @Nullable Damaged damaged,
            Path from,
            Path to,
            boolean stubs)
            throws IOException {
        var oracle = new ImportOracle(tool, project, from, to);
        ProjectImport.Result result;
        try {
            result = ProjectImport.run(tool, from, to, stubs);
        } catch (SkeinException e) {
            oracle.judge(e, damaged == null);
            assertThat(stubs && damaged == null && project.twice() == null).isFalse();
            return false;
        }
        if (damaged == null) {
            oracle.judgeWhole(tool, result);
        } else {
            oracle.judgeDamaged(result, damaged.file(), damaged.now());
        }
        return true;
    }

    /**
     * What has happened to one file.
     *
     * @param now its text; absent where it is no longer under its name, or no text
     */
    private record Damaged(String file, @Nullable String now) {}

    private static Damaged damaged(MadeProject project, Path from, Random random)
            throws IOException {
        var files = new ArrayList<>(project.files().keySet());
        var file = files.get(random.nextInt(files.size()));
        var text = Objects.requireNonNull(project.files().get(file));
        var path = from.resolve(file);
        return switch (random.nextInt(8)) {
            case 0 -> new Damaged(file, null); // it is gone
            case 1 -> {
                var name = damaged(ProjectFolder.name(path), random);
                var other = path.resolveSibling(name.replaceAll("[\\x00/\n]", "_") + "_");
                if (!project.files().containsKey(from.relativize(other).toString())) {
                    write(other, text.getBytes(StandardCharsets.UTF_8));
                }
                yield new Damaged(file, null);
            }
            case 2 -> {
                var bytes = text.getBytes(StandardCharsets.UTF_8);
                bytes[random.nextInt(bytes.length)] = (byte) 0xff;
                write(path, bytes);
                yield new Damaged(file, null);
            }
            default -> {
                var now = damaged(text, random);
                write(path, now.getBytes(StandardCharsets.UTF_8));
                yield new Damaged(file, now);
            }
        };
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.write(file, bytes);
    }

    private static String damaged(String text, Random random) {
        int at = random.nextInt(text.length());
        int end = Math.min(text.length(), at + random.nextInt(12));
        return switch (random.nextInt(4)) {
            case 0 -> text.substring(0, at);
            case 1 -> text.substring(0, at) + text.substring(end);
            case 2 -> text.substring(0, at) + text.substring(at, end) + text.substring(at);
            default ->
                    text.substring(0, at)
                            + SNIPPETS.get(random.nextInt(SNIPPETS.size()))
                            + text.substring(at);
        };
    }
}
