// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.cli.convert.source.ForeignSource;
import dev.skein.agent.cli.convert.source.ImportNotes;
import dev.skein.engine.script.ScriptError;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class MarkedFileTest {
    private final ImportNotes notes = new ImportNotes(Path.of("/p"));

    private MarkedFile read(String text) {
        return MarkedFile.of(new ForeignSource(Path.of("/p/1.sql"), 1, text), notes).orElseThrow();
    }

    private void parted(String text, String up, String down) {
        var marked = read(text);
        assertThat(marked.up().trouble()).isNull();
        assertThat(words(marked.up())).isEqualTo(up);
        assertThat(marked.down() == null ? "none" : words(marked.down())).isEqualTo(down);
    }

    private static String words(ForeignSource source) {
        return source.text().strip().replaceAll("\\s+", " ");
    }

    private void refused(String text, int line, String found) {
        assertThat(read(text).up().trouble())
                .isInstanceOf(ScriptError.class)
                .hasMessageContaining("1.sql" + (line == 0 ? "" : ":" + line) + ": ")
                .hasMessageContaining(found);
    }

    private void plain(String text) {
        assertThat(MarkedFile.of(new ForeignSource(Path.of("/p/1.sql"), 1, text), notes)).isEmpty();
    }

    @Test
    void sqlMigratesSectionsComeInAnyOrderAndAgain() {
        parted("-- +migrate Down\nA;\n-- +migrate Up\nB;", "B;", "A;");
        parted("-- +migrate Up\nA;\n-- +migrate Down\nB;\n-- +migrate Up\nC;", "A; C;", "B;");
        parted("-- +migrate Up\nA;\n-- +migrate Up\nB;\n", "A; B;", "none");
        assertThat(notes.lines()).isEmpty();
        parted("Z;\n-- +migrate Up notransaction\nA;", "A;", "none");
        assertThat(notes.lines()).singleElement().asString().contains("1.sql: sql-migrate runs no");
        assertThat(read("-- +migrate Up notransaction\nA;").alone()).isTrue();
        refused("-- +migrate Up\nA;\n-- +migrate Foo\n", 3, "does not know this mark");
        refused("-- +migrate up\nA;\n", 1, "does not know this mark");
        refused("--+migrate Up\nA;\n", 1, "does not know this mark");
    }

    @Test
    void eachLineStaysWhereItWas() {
        var marked = read("-- +migrate Up\nA;\n-- +migrate Down\nB;\n-- +migrate Up\nC;");
        assertThat(marked.up().line()).isEqualTo(1);
        assertThat(marked.up().text().split("\n", -1)).containsExactly("", "A;", "", "", "", "C;");
        assertThat(Objects.requireNonNull(marked.down()).text()).isEqualTo("\n\n\nB;");
    }

    @Test
    void ramblersSectionsBackAreRunFromTheLast() {
        parted(
                "-- rambler up\nA\n-- rambler down\nB\n-- rambler up\nC\n-- rambler down\nD\n",
                "A ; C ;",
                "D ; B ;");
        refused("-- rambler up\nA;\n-- rambler upp\n", 3, "does not know this mark");
    }

    @Test
    void gooseTakesEachMarkOnceAndRefusesOthers() {
        parted("-- +goose UP\nA;\n-- +goose StatementBegin\nB;\n", "A; B;", "none");
        assertThat(read("-- +goose NO TRANSACTION\n-- +goose Up\nA;\n").alone()).isTrue();
        refused("-- +goose Up\nA;\n-- +goose Foo\n", 3, "goose does not know this mark");
        refused("-- +goose Up\nA;\n -- +goose Down\nB;", 3, "goose does not know this mark");
        refused("-- +goose Up\nA;\n-- +goose Up\nB;", 3, "takes one mark");
        refused("-- +goose Up\nA;\n-- +goose Down\nB;\n-- +goose Up\nC;", 5, "takes one mark");
        refused("-- +goose Down\nA;\n-- +goose Up\nB;", 1, "takes one mark");
        refused("A;\n-- +goose Up\nB;", 2, "refuses what stands before");
    }

    @Test
    void dbmateTakesEachMarkOnceAndInOrder() {
        parted("-- head\n\n-- migrate:up\nA;\n--migrate:down\nB;", "A;", "B;");
        assertThat(read("-- migrate:up transaction:false\nA;").alone()).isTrue();
        refused("-- migrate:down\nA;\n-- migrate:up\nB;", 1, "takes one mark");
        refused("-- migrate:up\nA;\n-- migrate:down\nB;\n-- migrate:up\nC;", 5, "takes one mark");
        refused("A;\n-- migrate:up\nB;", 2, "refuses what stands before");
        plain("-- migrate: the rows of old\nA;");
    }

    @Test
    void marksOfTwoToolsAreRefused() {
        refused("-- +goose Up\n-- +migrate Up\nA;", 0, "marks of goose and of sql-migrate");
    }

    @Test
    void aCommentIsNoMarkOfNodePgMigrate() {
        plain("A;\n-- Down migration is in another file\nB;");
        plain("A;\n-- up migration of what is left\nB;");
        assertThat(notes.lines()).singleElement().asString().contains("1.sql:2: a comment that");
        plain("-- up migration of the users\nA;");
        parted("-- head\n-- Up Migration: users\nA;\n-- Down Migration\nB;", marked(), "B;");
        parted("-- Down Migration\nB;\n-- Up Migration\nA;", "A;", "B;");
        parted("-- Up Migration\nA;", "-- Up Migration A;", "none");
        refused("A;\n-- Up Migration\nB;", 2, "runs nothing of what stands before");
        refused("A;\n-- Down Migration\nB;", 2, "without a mark of the way forth");
        refused(
                "-- Up Migration\nA;\n-- down migration is lossy\nB;\n-- Down Migration\nC;",
                3,
                "reads like a comment");
    }

    private static String marked() {
        return "-- head -- Up Migration: users A;";
    }

    @Test
    void ternsMarkPartsTheFileOnce() {
        parted("A;\n---- create above / drop below ----\nB;", "A;", "B;");
    }

    @Test
    void ternSaysThatAFileRunsInNoTransaction() {
        var alone = "---- tern: disable-tx ----\n";
        assertThat(read(alone + "A;").alone()).isTrue();
        assertThat(read(alone + "A;\n---- create above / drop below ----\nB;").alone()).isTrue();
        assertThat(read("A;\n---- create above / drop below ----\n" + alone + "B;").alone())
                .isTrue();
        assertThat(read("A;\n---- create above / drop below ----\nB;").alone()).isFalse();
        plain(" ---- tern: disable-tx ----\nA;");
        plain("-- tern: disable-tx\nA;");
    }
}
