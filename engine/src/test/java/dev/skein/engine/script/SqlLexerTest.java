// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class SqlLexerTest {
    private static List<String> statements(String text) {
        return SqlLexer.cut("f.sql", text).stream()
                .filter(ScriptPiece.Statement.class::isInstance)
                .map(p -> ((ScriptPiece.Statement) p).sql())
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
        assertThat(pieces).extracting(ScriptPiece::line).containsExactly(2, 3, 7, 10);
    }

    @Test
    void directivesCountOnlyAtTopLevel() {
        var pieces = SqlLexer.cut("f.sql", "--@ upgrade\nSELECT '\n--@ no\n'; /*\n--@ no\n*/");
        assertThat(pieces).hasSize(2);
        assertThat(pieces.getFirst()).isEqualTo(new ScriptPiece.DirectiveLine(1, "upgrade"));
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
                (ScriptPiece.Statement)
                        SqlLexer.cut(
                                        "f",
                                        "/* x */ create -- y\n"
                                                + " unique index concurrently i ON t (a)")
                                .getLast();
        assertThat(statement.starts("CREATE UNIQUE INDEX CONCURRENTLY")).isTrue();
        assertThat(statement.starts("CREATE UNI")).isFalse();
    }

    @Test
    void beginAndAtomicOpenABodyOnlyInARoutine() {
        assertThat(
                        statements(
                                "CREATE TABLE span (begin int, atomic boolean);\n"
                                        + "INSERT INTO span (begin, atomic) VALUES (1, true);\n"
                                        + "SELECT begin atomic FROM span; COMMIT; SELECT 1/0;"))
                .hasSize(5);
        var body =
                "CREATE OR REPLACE PROCEDURE p(begin int) LANGUAGE sql BEGIN ATOMIC"
                        + " SELECT 1 AS end; SELECT x.case, 2 case FROM x; SELECT CASE WHEN true"
                        + " THEN 1 END; END";
        assertThat(statements(body + "; COMMIT")).containsExactly(body, "COMMIT");
        assertThat(statements("CREATE FUNCTION begin() RETURNS int LANGUAGE sql AS '1'; SELECT 1"))
                .hasSize(2);
        assertThat(statements("CREATE FUNCTION f() RETURNS int BEGIN ATOMIC END; SELECT 1"))
                .hasSize(2);
    }

    @Test
    void aCarriageReturnEndsAComment() {
        assertThat(statements("SELECT 1; -- first\rSELECT 2;\n-- a\r\nSELECT 3"))
                .containsExactly("SELECT 1", "SELECT 2", "SELECT 3");
        assertThat(SqlLexer.cut("f", "--@ revision: a\r--@ upgrade\rSELECT 1;")).hasSize(3);
    }

    @Test
    void linesAreCountedInStringsThatGoOn() {
        var pieces = SqlLexer.cut("f", "SELECT E'one\\\ntwo'; SELECT 2;\nSELECT 3");
        assertThat(pieces).extracting(ScriptPiece::line).containsExactly(1, 2, 3);
    }

    @Test
    void stringsAreThoseOfTheServer() {
        assertThat(statements("SELECT E'a' -- b\n  'b\\';c'; SELECT 2")).hasSize(2);
        assertThat(statements("SELECT 'a'\n'b\\'; SELECT 2")).hasSize(2);
        assertThat(statements("SELECT U&'d!0061;' UESCAPE '!', U&\"a;b\"; SELECT 2")).hasSize(2);
        assertThat(statements("SELECT $größe$ ; $a$ $größe$; SELECT 2")).hasSize(2);
        assertThat(statements("SELECT $\u00a0$ ; $\u00a0$; SELECT 2")).hasSize(2);
        assertThat(statements("SELECT te'x\\'; SELECT 2")).hasSize(2);
        assertThat(statements("SELECT 1-- ;\n+ 2; SELECT a[1:2], b := 3, x*/*;*/y")).hasSize(2);
        assertThat(statements("SELECT 1) ; SELECT (2); SELECT a[1; SELECT 3")).hasSize(4);
        assertThat(statements("SELECT 1 AS x\u2003; SELECT 2").getFirst()).endsWith("x\u2003");
    }

    @Test
    void onlyACommentThatStartsWithTheMarkIsADirective() {
        assertThat(SqlLexer.cut("f", "-- @todo\n--@ upgrade"))
                .containsExactly(
                        new ScriptPiece.Comment(1, "@todo"),
                        new ScriptPiece.DirectiveLine(2, "upgrade"));
    }

    @Test
    void linesOfPsqlArePassedOverOrNamed() {
        assertThat(statements("\\restrict Key1\nSELECT 1;\n\\unrestrict Key1\n")).hasSize(1);
        for (var line :
                List.of("\\set v 1", "\\i other.sql", "SELECT 1 \\g", "\\.", "SELECT 1\\;")) {
            assertThatThrownBy(() -> statements("SELECT 0;\n" + line + "\n"))
                    .as(line)
                    .isInstanceOf(ScriptError.class)
                    .hasMessageStartingWith("f.sql:2")
                    .hasMessageContaining("\\");
        }
    }

    @Test
    void quotedNamesAreAmongTheWords() {
        var drop = (ScriptPiece.Statement) SqlLexer.cut("f", "DROP INDEX \"ON\" ;").getFirst();
        assertThat(drop.words()).isEqualTo("DROP INDEX \"ON\"");
    }
}
