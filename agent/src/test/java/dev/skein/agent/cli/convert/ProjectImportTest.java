// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.agent.cli.convert.project.MigrationTool;
import dev.skein.agent.cli.convert.project.ProjectFolder;
import dev.skein.engine.SkeinException;
import dev.skein.engine.script.RevisionFolder;
import dev.skein.engine.script.Scripts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("quick")
class ProjectImportTest {
    @TempDir Path folder;

    private void file(String name, String text) throws IOException {
        var file = folder.resolve("old").resolve(name);
        Files.createDirectories(java.util.Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);
    }

    private ProjectImport.Result take(MigrationTool tool) {
        return ProjectImport.run(tool, folder.resolve("old"), folder.resolve("new"), false);
    }

    private Scripts scripts() {
        return new RevisionFolder(folder.resolve("new")).load();
    }

    private List<String> ids() {
        return scripts().graph().inOrder().stream().map(r -> r.id()).toList();
    }

    @Test
    void dieselsOrderIsThatOfVersionsWithoutDashes() throws IOException {
        file("migrations/20240301000000_new/up.sql", "SELECT 3;");
        file("migrations/2024-02-01-000000_old/up.sql", "SELECT 2;");
        file("migrations/2024-04-01-000000_late/up.sql", "SELECT 4;");
        file("migrations/2024-04-01-000000_late/down.sql", "-- nothing\n");
        file("migrations/2024-04-01-000000_late/metadata.toml", "# x\nrun_in_transaction = false");
        var result = take(MigrationTool.DIESEL);
        assertThat(ids()).containsExactly("20240201000000", "20240301000000", "20240401000000");
        assertThat(scripts().get("20240401000000").transactional()).isFalse();
        assertThat(scripts().get("20240401000000").irreversible()).contains("empty");
        assertThat(result.notes()).singleElement().asString().contains("its way back is empty");
    }

    @Test
    void dbmatesOrderIsThatOfNamesAndOthersThatOfNumbers() throws IOException {
        file("10_b.sql", "-- migrate:up\nSELECT 1;\n-- migrate:down\nSELECT 2;\n");
        file("9_a.sql", "-- migrate:up\nSELECT 1;\n-- migrate:down\n");
        take(MigrationTool.FOLDER);
        assertThat(ids()).containsExactly("10", "9");
        assertThat(scripts().get("9").irreversible()).isNotNull();
    }

    @Test
    void prismasOrderIsThatOfNames() throws IOException {
        file("20250625_day/migration.sql", "SELECT 2;");
        file("20240101000000_init/migration.sql", "SELECT 1;");
        take(MigrationTool.FOLDER);
        assertThat(ids()).containsExactly("20240101000000", "20250625");
    }

    @Test
    void flywaysBaselineBeginsAndAllThatIsLeftOutIsNamed() throws IOException {
        file("B3__all.sql", "CREATE TABLE t ();");
        file("B5__later.sql", "CREATE TABLE t ();");
        file("V4__a.sql", "ALTER TABLE t ADD a int DEFAULT ${n};");
        file("V4_1__b.sql", "CREATE INDEX i ON t (a);");
        file("V4_1__b.sql.conf", "executeInTransaction = false\n");
        file("v5__low.sql", "SELECT 1;");
        file("R__b_last.sql", "SELECT 2;");
        file("z/R__a_first.sql", "SELECT 1;");
        file("afterMigrate.sql", "SELECT 1;");
        file("U9__gone.sql", "SELECT 1;");
        file("flyway.conf", "# x\nflyway.mixed = true\n");
        var notes = String.join("\n", take(MigrationTool.FLYWAY).notes());
        assertThat(ids()).containsExactly("3", "4", "4.1", "R_a_first", "R_b_last");
        assertThat(scripts().get("4.1").transactional()).isFalse();
        assertThat(notes)
                .contains("B5__later.sql: a baseline is the sum")
                .contains("v5__low.sql: no migration's name")
                .contains("afterMigrate.sql: a callback")
                .contains("U9__gone.sql: nothing that it would undo")
                .contains("flyway.conf:2: its mixed is not heeded")
                .contains("V4__a.sql:1: the placeholder ${n}");
    }

    @Test
    void programsAreNamedAllAtOnceAndBecomeStubs() throws IOException {
        file("0001_a.sql", "-- +goose Up\nCREATE TABLE a ();\n-- +goose Down\nDROP TABLE a;\n");
        file("0002_b.go", "package x // upgrade\n");
        file("0003_c.sql", "-- +goose Up\nSELECT 1;\nBEGIN;\nROLLBACK TO x;\n");
        file("0004_d.sql", "-- +goose ENVSUB ON\n-- +goose Up\nSELECT ${N};\n");
        file("main_test.go", "package x");
        assertThatThrownBy(() -> take(MigrationTool.FOLDER))
                .hasMessageContaining("2 migrations cannot be taken over")
                .hasMessageContaining("0002_b.go: it is a program")
                .hasMessageContaining("0003_c.sql:4: there is no savepoint")
                .hasMessageContaining("--stubs");
        assertThat(folder.resolve("new")).doesNotExist();
        var result =
                ProjectImport.run(
                        MigrationTool.FOLDER, folder.resolve("old"), folder.resolve("new"), true);
        assertThat(result.stubs()).containsExactly("0002", "0003");
        assertThat(String.join("\n", result.notes()))
                .contains("0002_b.go: it is a program")
                .contains("0004_d.sql:3: the placeholder ${N}")
                .contains("main_test.go: no migration's name");
        assertThat(ids()).containsExactly("0001", "0002", "0003", "0004");
        assertThat(scripts().get("0002").upgrade().sql()).contains("RAISE EXCEPTION");
    }

    @Test
    void damagedFilesAreNamedWithTheOthersAndBecomeStubs() throws IOException {
        file("10_a.sql", "-- migrate:up\nSELECT 1;\n\0\n-- migrate:down\n");
        file("11_b.sql", "-- migrate:up\nSELECT 1;\n-- migrate:up\nSELECT 1;\n");
        file("9_c.sql", "-- migrate:up\nSELECT 1;\n");
        assertThatThrownBy(() -> take(MigrationTool.FOLDER))
                .hasMessageContaining("2 migrations cannot be taken over")
                .hasMessageContaining("10_a.sql:3: a zero byte is in it")
                .hasMessageContaining("11_b.sql:3: dbmate takes one mark");
        var result =
                ProjectImport.run(
                        MigrationTool.FOLDER, folder.resolve("old"), folder.resolve("new"), true);
        assertThat(result.stubs()).containsExactly("10", "11");
        assertThat(ids()).containsExactly("10", "11", "9");
    }

    @Test
    void twoFilesOfOneVersionAreRefusedWhereTheToolRefusesThem() throws IOException {
        file("1_a.up.sql", "SELECT 1;");
        file("01_b.up.sql", "SELECT 2;");
        assertThatThrownBy(() -> take(MigrationTool.FOLDER))
                .hasMessageContaining("the same version as");
    }

    @Test
    void oneSqitchRegistryHasManyProjects() throws IOException {
        file(
                "sqitch.plan",
                "%project=alpha\n\none 2024-01-01T00:00:00Z A <a@b.c> # first\ntwo [one beta:x]"
                        + " 2024-01-02T00:00:00Z A <a@b.c>\n");
        file("deploy/one.sql", "BEGIN;\nSELECT 1;\nCOMMIT;\n");
        file("deploy/two.sql", "SELECT :'v';\n");
        file("deploy/three.sql", "SELECT 1;\n");
        file("revert/one.sql", "BEGIN;\n-- XXX\nCOMMIT;\n");
        var notes = String.join("\n", take(MigrationTool.SQITCH).notes());
        assertThat(scripts().graph().labelled("alpha")).contains("one");
        assertThat(notes)
                .contains("sqitch.plan:4: it needs or bars beta:x")
                .contains("three.sql: not in the plan")
                .contains("variable of psql (:'v')");
        assertThat(scripts().get("one").irreversible()).isNotNull();
    }

    @Test
    void aFolderOfFoldersAndFilesThatLeadBack() throws IOException {
        file("1_a/up.sql", "CREATE TABLE a ();");
        file("1_a/down.sql", "DROP TABLE a;");
        file("2_b/migration.sql", "CREATE TABLE b ();");
        file("3_c_up.sql", "CREATE TABLE c ();");
        file("3_c_down.sql", "DROP TABLE c;");
        file("4_slow_down.sql", "SELECT 1;");
        file("schema.sql", "SELECT 1;");
        var notes = String.join("\n", take(MigrationTool.FOLDER).notes());
        assertThat(ids()).containsExactly("1", "2", "3", "4");
        assertThat(scripts().get("3").downgrade().sql()).contains("DROP TABLE c");
        assertThat(scripts().get("2").irreversible()).isEqualTo("it came without a way back");
        assertThat(notes).contains("schema.sql: no number begins its name");
    }

    @Test
    void aWayBackThatRefusesATransactionHasNone() throws IOException {
        file("1_a.up.sql", "CREATE INDEX IF NOT EXISTS i ON t (x);");
        file("1_a.down.sql", "-- no-transaction\nDROP INDEX IF EXISTS i;");
        file("2_b.up.sql", "CREATE INDEX IF NOT EXISTS j ON t (x);");
        file("2_b.down.sql", "DROP INDEX CONCURRENTLY IF EXISTS j;");
        file(
                "3_c.sql",
                "-- +goose Up\nSELECT 1;\n-- +goose Down\nSELECT {{ index .Options \"N\" }};");
        var notes = String.join("\n", take(MigrationTool.FOLDER).notes());
        assertThat(scripts().get("1").transactional()).isFalse();
        assertThat(scripts().get("2").transactional()).isFalse();
        assertThat(notes).contains("3_c.sql:4: the placeholder {{ index .Options");
    }

    @Test
    void whatTernFillsInIsNamed() throws IOException {
        file(
                "1_a.sql",
                """
                ---- tern: disable-tx ----
                {{ template "shared/a.sql" . }}
                CREATE TABLE {{.prefix}}a (x int DEFAULT {{ 1 }});
                CREATE TABLE {{.prefix}}b ();
                ---- create above / drop below ----
                {{if eq .n "x"}}DROP TABLE a;{{- end -}}
                """);
        file("2_b.sql", "SELECT '{{1,2},{3,4}}'::int[], '{{ max .n }}';");
        var notes = take(MigrationTool.FOLDER).notes();
        assertThat(scripts().get("1").transactional()).isFalse();
        assertThat(notes.stream().filter(note -> note.contains("the placeholder")))
                .extracting(note -> note.replaceFirst(".*?(?=\\d_)", ""))
                .containsExactly(
                        placeholder("1_a.sql:2", "{{ template \"shared/a.sql\" . }}"),
                        placeholder("1_a.sql:3", "{{.prefix}}"),
                        placeholder("1_a.sql:3", "{{ 1 }}"),
                        placeholder("1_a.sql:6", "{{if eq .n \"x\"}}"),
                        placeholder("1_a.sql:6", "{{- end -}}"),
                        placeholder("2_b.sql:1", "{{ max .n }}"));
    }

    private static String placeholder(String place, String action) {
        return place + ": the placeholder " + action + " stands there as it is; write its value in";
    }

    @Test
    void dieselsWayBackThatRefusesATransactionHasNone() throws IOException {
        file("migrations/1_a/up.sql", "CREATE INDEX IF NOT EXISTS i ON t (x);");
        file("migrations/1_a/down.sql", "DROP INDEX CONCURRENTLY i;");
        file("migrations/1_a/metadata.toml", "run_in_transaction = false\n");
        take(MigrationTool.DIESEL);
        var text = Files.readString(new RevisionFolder(folder.resolve("new")).files().getFirst());
        assertThat(text).contains("--@ transaction: none").contains("DROP INDEX CONCURRENTLY i;");
    }

    @Test
    void whereTheToolWasToldToRecordIsTold() throws IOException {
        file("V1__a.sql", "SELECT 1;");
        file("flyway.conf", "flyway.table=History\nflyway.schemas=app, other\n");
        assertThat(take(MigrationTool.FLYWAY).record()).isEqualTo("app.History");
    }

    @Test
    void sqitchsRegistryIsTold() throws IOException {
        file("sqitch.plan", "%project=a\n\none 2024-01-01T00:00:00Z A <a@b.c> # first\n");
        file("sqitch.conf", "[engine \"pg\"]\n\tregistry = steps\n");
        file("deploy/one.sql", "SELECT 1;\n");
        assertThat(take(MigrationTool.SQITCH).record()).isEqualTo("steps.changes");
    }

    @Test
    void namesOfAnyLengthAreTakenOver() throws IOException {
        file("V1__" + "größe_".repeat(30) + ".sql", "CREATE TABLE \"" + "ü".repeat(60) + "\" ();");
        file("R__" + "x".repeat(240) + ".sql", "SELECT 1;");
        file("R__" + "x".repeat(239) + "y.sql", "SELECT 2;");
        file("R__" + "\uD840\uDC00".repeat(58) + ".sql", "SELECT 3;");
        var files = take(MigrationTool.FLYWAY).files();
        assertThat(files)
                .hasSize(4)
                .allMatch(
                        f -> ProjectFolder.name(f).getBytes(StandardCharsets.UTF_8).length <= 255);
        assertThat(ids())
                .containsExactly(
                        "1",
                        "R_" + "x".repeat(240),
                        "R_" + "x".repeat(239) + "y",
                        "R_" + "\uD840\uDC00".repeat(58));
    }

    @Test
    void nothingIsHalfWritten() throws IOException {
        file("1_a.sql", "SELECT 1;");
        file("2_b.sql", "SELECT 2;");
        Files.createDirectories(folder.resolve("new"));
        Files.writeString(folder.resolve("new/README.md"), "x");
        take(MigrationTool.FOLDER);
        assertThat(ids()).containsExactly("1", "2");
        assertThatThrownBy(() -> take(MigrationTool.FOLDER))
                .isInstanceOf(SkeinException.class)
                .hasMessageContaining("there are revisions in it already");
        try (var all = Files.list(folder)) {
            assertThat(all.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder("old", "new");
        }
    }

    @ParameterizedTest
    @EnumSource(MigrationTool.class)
    void aFolderThatIsNotThereIsSaidToBeSo(MigrationTool tool) {
        assertThatThrownBy(() -> take(tool))
                .hasMessageContaining(folder.resolve("old") + ": there is no such folder");
    }
}
