// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.agent.cli.convert.ProjectImport;
import dev.skein.agent.cli.convert.project.MigrationTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("quick")
class OwnTableTest {
    private static final Map<MigrationTool, String> TABLES =
            Map.of(
                    MigrationTool.FLYWAY, "public.flyway_schema_history",
                    MigrationTool.DIESEL, "__diesel_schema_migrations",
                    MigrationTool.FOLDER, "\"schema_migrations\"",
                    MigrationTool.SQITCH, "sqitch.changes");

    @TempDir Path folder;
    private int number;

    private Path project(MigrationTool tool, String sql) throws IOException {
        var root = folder.resolve("old" + ++number);
        var file =
                switch (tool) {
                    case FLYWAY -> "V1__a.sql";
                    case DIESEL -> "migrations/1_a/up.sql";
                    case SQITCH -> "deploy/a.sql";
                    default -> "1_a.up.sql";
                };
        write(root.resolve(file), sql);
        if (tool == MigrationTool.SQITCH) {
            write(
                    root.resolve("sqitch.plan"),
                    "%project=p\n\na 2024-01-01T00:00:00Z A <a@b.c> # n\n");
        }
        return root;
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);
    }

    private ProjectImport.Result take(MigrationTool tool, Path project) {
        return ProjectImport.run(tool, project, folder.resolve("new" + number), false);
    }

    private String upgrade(ProjectImport.Result result) throws IOException {
        var text = Files.readString(result.files().getFirst());
        return text.substring(text.indexOf("--@ upgrade") + 11, text.indexOf("--@ down")).strip();
    }

    @Test
    void whatIsDoneToTheOtherToolsTableIsLeftOutByName() throws IOException {
        for (var tool : TABLES.keySet()) {
            var t = TABLES.get(tool);
            for (var sql :
                    new String[] {
                        "GRANT SELECT ON " + t + " TO reader",
                        "REVOKE ALL ON TABLE " + t + " FROM PUBLIC",
                        "ALTER TABLE " + t + " ENABLE ROW LEVEL SECURITY",
                        "COMMENT ON TABLE " + t + " IS 'x'",
                        "COMMENT ON COLUMN " + t + ".version IS 'x'",
                        "DELETE FROM " + t + " WHERE true",
                        "INSERT INTO " + t + " VALUES ('1')",
                        "UPDATE ONLY " + t + " SET version = '1'",
                        "LOCK TABLE " + t,
                        "CREATE TRIGGER g BEFORE INSERT OR DELETE ON "
                                + t
                                + " EXECUTE FUNCTION f()",
                        "CREATE POLICY p ON " + t + " FOR SELECT USING (true)"
                    }) {
                var result = take(tool, project(tool, "SELECT 1;\n" + sql + ";\nSELECT 2;\n"));
                assertThat(upgrade(result)).as(sql).isEqualTo("SELECT 1;\nSELECT 2;");
                assertThat(result.notes())
                        .as(sql)
                        .anyMatch(n ->
                                n.contains(".sql:2: what it does to ")
                                        && n.contains("the other tool's own table, is left out"));
            }
        }
    }

    @Test
    void whatNeedsItAmongOtherThingsIsRefusedWithItsLine() throws IOException {
        for (var tool : TABLES.keySet()) {
            var t = TABLES.get(tool);
            for (var sql :
                    new String[] {
                        "GRANT SELECT ON a, " + t + " TO reader",
                        "DROP TABLE " + t + ", a",
                        "CREATE VIEW v AS SELECT * FROM " + t,
                        "INSERT INTO a SELECT 1 FROM b JOIN " + t + " USING (version)",
                        "CREATE TABLE u (LIKE " + t + ")"
                    }) {
                var project = project(tool, "SELECT 1;\n" + sql + ";\n");
                assertThatThrownBy(() -> take(tool, project))
                        .as(sql)
                        .hasMessageContaining(".sql:2: it needs ")
                        .hasMessageContaining("the other tool's own table");
            }
        }
    }

    @Test
    void aRoutineThatSpeaksOfItIsNamed() throws IOException {
        var sql = "DO $$ BEGIN PERFORM 1 FROM schema_migrations; END $$;";
        var result = take(MigrationTool.FOLDER, project(MigrationTool.FOLDER, sql));
        assertThat(upgrade(result)).isEqualTo(sql);
        assertThat(result.notes()).anyMatch(n -> n.contains(":1: it speaks of schema_migrations"));
    }

    @Test
    void whatDoesWithoutItStays() throws IOException {
        for (var sql :
                new String[] {
                    "DROP TABLE IF EXISTS schema_migrations;",
                    "ALTER TABLE IF EXISTS auth.schema_migrations OWNER TO x;",
                    "SELECT schema_version, 'FROM schema_migrations' FROM a;",
                    "INSERT INTO a (schema_version) VALUES (1); -- FROM schema_migrations",
                    "CREATE TABLE IF NOT EXISTS s.schema_migrations (v text);\n"
                            + "GRANT SELECT ON s.schema_migrations TO x;",
                    "GRANT SELECT ON flyway_schema_history TO x;"
                }) {
            var result = take(MigrationTool.FOLDER, project(MigrationTool.FOLDER, sql));
            assertThat(upgrade(result)).isEqualTo(sql.strip());
            assertThat(result.notes()).as(sql).noneMatch(n -> n.contains("own table"));
        }
    }

    @Test
    void aTableThatTheToolWasToldIsItsOwn() throws IOException {
        var project =
                project(MigrationTool.FLYWAY, "GRANT SELECT ON app.\"History\" TO x;\nSELECT 1;\n");
        Files.writeString(
                project.resolve("flyway.conf"), "flyway.table=History\nflyway.schemas=app\n");
        assertThat(upgrade(take(MigrationTool.FLYWAY, project))).isEqualTo("SELECT 1;");
    }
}
