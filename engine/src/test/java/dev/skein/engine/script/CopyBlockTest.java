// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CopyBlockTest {
    private static List<Piece> cut(String text) {
        return SqlLexer.cut("x.sql", text);
    }

    private static Piece.Statement statement(Piece piece) {
        return (Piece.Statement) piece;
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
        assertThat(pieces).extracting(Piece::line).containsExactly(1, 201, 401);
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

    private static String values(String text) {
        var sql = statement(cut(text).getFirst()).sql();
        return sql.substring(sql.indexOf("VALUES\n") + 7);
    }

    @Test
    void numberedEscapesAreBytesOfUtf8() {
        assertThat(values("COPY t (b) FROM stdin;\ncaf\\303\\251\n\\xe2\\x82\\xAC\n\\.\n"))
                .isEqualTo("('café'),\n('€')");
        for (var bad : new String[] {"caf\\351", "\\xc3", "a\\000b", "\\x0"}) {
            assertThatThrownBy(() -> cut("COPY t FROM stdin;\nok\n" + bad + "\n\\.\n"))
                    .hasMessageStartingWith("x.sql:3");
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
            assertThatThrownBy(() -> cut("COPY t FROM STDIN;\n" + rows + "\n\\.\n"))
                    .as(rows)
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
