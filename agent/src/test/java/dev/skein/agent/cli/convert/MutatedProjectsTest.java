// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.SkeinException;
import dev.skein.engine.script.RevisionFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Damaged projects of other tools: each import writes all of it, or says why not and nothing. */
class MutatedProjectsTest {
    private static final int EACH = 500;
    private static final String SQL =
            "BEGIN;\nSET search_path = a;\nCREATE TABLE t (a text DEFAULT 'x;', b int);\n"
                    + "SAVEPOINT s;\nSELECT $q$ ; $q$; -- it's\nROLLBACK TO s;\nCOMMIT;\n";
    private static final String BACK = "/* back */ DROP TABLE t;\n";
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

    private static Map<Tool, Map<String, String>> projects() {
        return Map.of(
                Tool.FLYWAY,
                Map.of(
                        "V1__a.sql",
                        SQL,
                        "U1__a.sql",
                        BACK,
                        "V1_2__b.sql",
                        SQL,
                        "B1__c.sql",
                        SQL,
                        "R__v.sql",
                        SQL,
                        "V1_2__b.sql.conf",
                        "executeInTransaction=false\n",
                        "flyway.conf",
                        "flyway.sqlMigrationPrefix=V\nflyway.mixed=true\n"),
                Tool.SQITCH,
                Map.of(
                        "sqitch.plan",
                        "%project=p\n\na 2024-01-01T00:00:00Z A <a@b.c> # n\n@v1"
                                + " 2024-01-02T00:00:00Z A <a@b.c>\na [a@v1 q:b]"
                                + " 2024-01-03T00:00:00Z A <a@b.c>\n",
                        "sqitch.conf",
                        "[core]\n\tengine = pg\n\ttop_dir = .\n",
                        "deploy/a.sql",
                        SQL,
                        "deploy/a@v1.sql",
                        SQL,
                        "revert/a.sql",
                        BACK),
                Tool.DIESEL,
                Map.of(
                        "2024-01-01-000000_a/up.sql",
                        SQL,
                        "2024-01-01-000000_a/down.sql",
                        BACK,
                        "20240102000000_b/up.sql",
                        SQL,
                        "20240102000000_b/metadata.toml",
                        "run_in_transaction = false\n"),
                Tool.FOLDER,
                Map.of(
                        "1_a.sql",
                        "-- +goose Up\n" + SQL + "-- +goose Down\n" + BACK,
                        "2_b.sql",
                        "-- migrate:up transaction:false\n" + SQL + "-- migrate:down\n",
                        "3_c.up.sql",
                        SQL,
                        "3_c.down.sql",
                        BACK,
                        "4_d.sql",
                        SQL));
    }

    @Test
    @Timeout(120)
    void eachImportWritesAllOrSaysWhyNot() throws IOException {
        for (var project : new LinkedHashMap<>(projects()).entrySet()) {
            int written = 0;
            for (int seed = 0; seed < EACH; seed++) {
                written += tried(project.getKey(), project.getValue(), seed) ? 1 : 0;
            }
            assertThat(written).as(project.getKey().name()).isBetween(1, EACH - 1);
        }
    }

    private boolean tried(Tool tool, Map<String, String> files, int seed) throws IOException {
        var random = new Random(seed * 31L + tool.name().hashCode());
        var from = folder.resolve(tool + "-" + seed);
        for (var file : files.entrySet()) {
            var path = from.resolve(file.getKey());
            if (random.nextInt(25) == 0) {
                var name = damaged(ProjectFolder.name(path), random);
                path = path.resolveSibling(name.replaceAll("[\\x00/\n]", "_") + "_");
            }
            if (random.nextInt(30) > 0) {
                var text =
                        random.nextInt(4) == 0 ? damaged(file.getValue(), random) : file.getValue();
                Files.createDirectories(Objects.requireNonNull(path.getParent()));
                var bytes = text.getBytes(StandardCharsets.UTF_8);
                if (random.nextInt(60) == 0 && bytes.length > 0) {
                    bytes[random.nextInt(bytes.length)] = (byte) 0xff;
                }
                if (!Files.isDirectory(path)) {
                    Files.write(path, bytes);
                }
            }
        }
        var to = folder.resolve("to-" + tool + "-" + seed);
        try {
            var result = Import.run(tool, from, to, seed % 2 == 0);
            assertThat(new RevisionFolder(to).load().all()).hasSameSizeAs(result.files());
            return true;
        } catch (SkeinException e) {
            assertThat(e.found()).as("%s %d", tool, seed).isNotEmpty();
            assertThat(to).as("%s %d: %s", tool, seed, e).doesNotExist();
            return false;
        } catch (RuntimeException e) {
            throw new AssertionError(tool + " " + seed, e);
        }
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
