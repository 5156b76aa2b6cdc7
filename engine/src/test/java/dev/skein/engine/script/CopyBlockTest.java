// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("quick")
class CopyBlockTest {
    private static List<ScriptPiece> cut(String text) {
        return SqlLexer.cut("x.sql", text);
    }

    private static ScriptPiece.Statement statement(ScriptPiece piece) {
        return (ScriptPiece.Statement) piece;
    }

    @Test
    void rowsBecomeAnInsertAndTheTextGoesOnBehindThem() {
        var pieces =
                cut(
                        "SELECT 1;\n"
                                + "COPY s.t (a, \"b c\") FROM stdin;\n"
                                + "1\tx\n"
                                + "\\N\tit's\n"
                                + "\\.\n"
                                + "SELECT 2;");
        assertThat(pieces).hasSize(3);
        assertThat(statement(pieces.get(1)).sql())
                .isEqualTo(
                        "INSERT INTO s.t (a, \"b c\") OVERRIDING SYSTEM VALUE VALUES\n"
                                + "('1', 'x'),\n(NULL, 'it''s')");
        assertThat(pieces.get(2).line()).isEqualTo(6);
    }

    @Test
    void escapesAreThoseOfTheTextFormat() {
        var sql =
                statement(cut("COPY t FROM STDIN;\na\\tb\\\\c\\x41\\101\\n\\q\n\\.\n").getFirst())
                        .sql();
        assertThat(sql).endsWith("('a\tb\\cAA\nq')");
    }

    @Test
    void manyRowsAreSeveralStatementsWithTheirLines() {
        var text = new StringBuilder("COPY t FROM STDIN WITH (FORMAT text);\n");
        for (int i = 0; i < 450; i++) {
            text.append(i).append('\n');
        }
        var pieces = cut(text.append("\\.\n").toString());
        // a row is named by the line end before it, so its statement is one line above the first
        assertThat(pieces).extracting(ScriptPiece::line).containsExactly(1, 201, 401);
    }

    @Test
    void rowsThatHoldSqlAreNotReadAsSql() {
        var pieces = cut("COPY t FROM STDIN;\n--@ upgrade; $$ ' \"\n\\.\nSELECT 1");
        assertThat(pieces).hasSize(2);
    }

    @Test
    void noRowsAreNoStatement() {
        assertThat(cut("COPY t FROM STDIN;\n\\.\n")).isEmpty();
    }

    @Test
    void rowsThatNeverEndAreAnError() {
        assertThatThrownBy(() -> cut("COPY t FROM STDIN;\n1\n2\n"))
                .hasMessageContaining("x.sql:1")
                .hasMessageContaining("never end");
    }

    private static ScriptPiece.Misfit misfit(String text) {
        return java.util.Objects.requireNonNull(statement(cut(text).getFirst()).misfit());
    }

    /** The sums are those that the first version recorded. */
    @ParameterizedTest
    @CsvSource({
        "caf\\303\\251, 1832fe35706a055af43f57c89b7f4a782257dbed1fac24548dc292302a9d3844",
        "a\\.b, 4761cd7896c26203b3be0b3c2afb66c21813cd1b1a6cf03047da918261b352f0",
        "a<CR>b, fbbd466a78db0c1f9ac76fe9690e77dac98834be428f07149bb872c8f5b3ea73",
        "end\\, f311a88a55435fc5164d02bb26c612f166b0efc99541298e59bf803cf79f1c43",
        "a\\tb\\\\c\\x41\\q, 1371ac88060d2bdab0a3c75d5886a1a3b4079da77b68ec3a3b4ace241d894c6f",
    })
    void whatWasAppliedOnceHasTheChecksumThatWasRecorded(String row, String recorded) {
        var text = "--@ revision: r1\n\n--@ upgrade\nCOPY t (b) FROM stdin;\n%s\nz\n\\.\n";
        var script = ScriptParser.parse("x.sql", text.formatted(row.replace("<CR>", "\r")));
        assertThat(script.hasChecksum(recorded)).isTrue();
        var edited = ScriptParser.parse("x.sql", text.formatted(row + "!"));
        assertThat(edited.hasChecksum(recorded)).isFalse();
    }

    private static String values(String text) {
        var sql = statement(cut(text).getFirst()).sql();
        return sql.substring(sql.indexOf("VALUES\n") + 7);
    }

    @Test
    void numberedEscapesAreBytesOfUtf8() {
        assertThat(values("COPY t (b) FROM stdin;\ncaf\\303\\251\n\\xe2\\x82\\xAC\n\\.\n"))
                .isEqualTo("('café'),\n('€')");
        for (var bad : new String[] {"caf\\351", "\\xc3", "a\\000b", "\\x0"}) {
            assertThat(misfit("COPY t FROM stdin;\nok\n" + bad + "\n\\.\n").line()).isEqualTo(3);
        }
    }

    @Test
    void aBackslashBeforeALineEndMakesItAPartOfTheRow() {
        var sql = "COPY t FROM stdin;\na\\\nb\tc\nd\te\n\\.\n";
        assertThat(values(sql)).isEqualTo("('a\nb', 'c'),\n('d', 'e')");
    }

    @Test
    void optionsAreKept() {
        assertThat(
                        values(
                                "copy \"T t\" ( a , b ) from stdin with (format csv, header,"
                                    + " delimiter ';', null 'nil', force_null (b), force_not_null"
                                    + " (a));\n"
                                    + "a;b\n"
                                    + "nil;\"nil\"\n"
                                    + "\"x;\"\"\n"
                                    + "y\";nil\n"
                                    + "\\.\n"))
                .isEqualTo("('nil', NULL),\n('x;\"\ny', NULL)");
        assertThat(values("COPY t FROM STDIN DELIMITER AS '|' NULL AS '';\na||\\|\n\\.\n"))
                .isEqualTo("('a', NULL, '|')");
        assertThat(values("COPY t FROM STDIN CSV ESCAPE '\\';\n\"a\\\"b\\\\\",\n\\.\n"))
                .isEqualTo("('a\"b\\', NULL)");
    }

    @Test
    void whatTheServerWouldRefuseIsNamedWithItsLine() {
        for (var rows : new String[] {"1\t2\n3", "1\n2\t3", "1\na\rb", "1\nx\\.", "1\n\\.x"}) {
            assertThat(misfit("COPY t FROM STDIN;\n" + rows + "\n\\.\n").line())
                    .as(rows)
                    .isEqualTo(3);
            assertThatThrownBy(() -> cut("COPY t FROM STDIN NULL '';\n" + rows + "\n\\.\n"))
                    .as(rows) // no version took it
                    .isInstanceOf(ScriptError.class)
                    .hasMessageStartingWith("x.sql:3");
        }
        for (var option :
                new String[] {
                    "(FORMAT binary)",
                    "(DELIMITER 'ab')",
                    "(FREEZE)",
                    "(ON_ERROR ignore)",
                    "WHERE a > 1",
                    "(FORCE_NULL (z), FORMAT csv)",
                    "(QUOTE 'x')",
                    "ENCODING 'LATIN1'"
                }) {
            assertThatThrownBy(() -> cut("COPY t (a) FROM STDIN " + option + ";\n1\n\\.\n"))
                    .as(option)
                    .isInstanceOf(ScriptError.class)
                    .hasMessageStartingWith("x.sql:1");
        }
    }
}
