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
        assertThat(pieces).extracting(Piece::line).containsExactly(2, 202, 402);
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
}
