// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SqlLexerTest {
    private static List<String> statements(String text) {
        return SqlLexer.cut("f.sql", text).stream()
                .filter(Piece.Statement.class::isInstance)
                .map(p -> ((Piece.Statement) p).sql())
                .toList();
    }

    @Test
    void semicolonsEndStatementsOnlyWhereSqlSaysSo() {
        assertThat(statements("SELECT 1; SELECT ';' ; SELECT E'\\';' ; SELECT \"a;b\""))
                .containsExactly("SELECT 1", "SELECT ';'", "SELECT E'\\';'", "SELECT \"a;b\"");
        assertThat(statements("SELECT $$;$$; SELECT $x$ $$; $x$; SELECT $1;")).hasSize(3);
        assertThat(statements("SELECT 1 /* ; /* ; */ ; */ + 1; -- ; \nSELECT 2")).hasSize(2);
        assertThat(statements("CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2); SELECT 3"))
                .hasSize(2);
        assertThat(statements(";;  ; ")).isEmpty();
        assertThat(statements("SELECT 'it''s'; SELECT a$b FROM t$; SELECT 1")).hasSize(3);
    }

    @Test
    void routineBodiesInStandardSqlStayWhole() {
        var body =
                "CREATE FUNCTION f(x int) RETURNS int BEGIN ATOMIC SELECT CASE WHEN x > 0 THEN 1"
                        + " ELSE 2 END; SELECT 3; END";
        assertThat(statements(body + "; SELECT 1")).containsExactly(body, "SELECT 1");
    }

    @Test
    void linesAreTheFilesLines() {
        var pieces =
                SqlLexer.cut(
                        "f.sql", "\n-- hi\nSELECT\n 1;\n\n/* a\nb */ SELECT $$\n\n$$;\nSELECT 3");
        assertThat(pieces).extracting(Piece::line).containsExactly(2, 3, 7, 10);
    }

    @Test
    void directivesCountOnlyAtTopLevel() {
        var pieces = SqlLexer.cut("f.sql", "--@ upgrade\nSELECT '\n--@ no\n'; /*\n--@ no\n*/");
        assertThat(pieces).hasSize(2);
        assertThat(pieces.getFirst()).isEqualTo(new Piece.Directive(1, "upgrade"));
    }

    @Test
    void anUnendedQuoteIsNamedWithItsLine() {
        assertThatThrownBy(() -> statements("SELECT 1;\nSELECT 'abc"))
                .isInstanceOf(ScriptError.class)
                .hasMessageStartingWith("f.sql:2");
        assertThatThrownBy(() -> statements("/* a")).hasMessageContaining("never ends");
        assertThatThrownBy(() -> statements("DO $a$ x")).hasMessageContaining("$a$");
    }

    @Test
    void wordsTellTheKind() {
        var statement =
                (Piece.Statement)
                        SqlLexer.cut(
                                        "f",
                                        "/* x */ create -- y\n"
                                                + " unique index concurrently i ON t (a)")
                                .getLast();
        assertThat(statement.starts("CREATE UNIQUE INDEX CONCURRENTLY")).isTrue();
        assertThat(statement.starts("CREATE UNI")).isFalse();
    }
}
