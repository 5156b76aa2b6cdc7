// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.execute.offline.OfflineSession;
import dev.skein.engine.execute.step.CustomSettings;
import dev.skein.engine.execute.step.LeftSettings;
import dev.skein.engine.script.ScriptParser;
import dev.skein.engine.script.ScriptPiece.Statement;
import dev.skein.engine.script.SqlWords;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may leave something in a session is said by a statement's words alone. */
@Tag("quick")
class LeavingTest {
    private static List<Statement> statements(String sql) {
        var file = "--@ revision: a\n--@ upgrade\n" + sql + ";\n";
        return ScriptParser.parse("a.sql", file).upgrade().statements();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COMMENT ON TABLE t IS 'as ((a)) DEFAULT'",
                "CREATE TABLE \"as\" (id int, \"check\" int)",
                "CREATE TABLE t (id int) /* using (this) */",
                "ALTER SEQUENCE s OWNED BY t.\"default\" -- set_config"
            })
    void whatIsQuotedOrACommentLeavesNothing(String sql) {
        var statements = statements(sql);
        assertThat(OfflineSession.leaves(statements)).isFalse();
        assertThat(LeftSettings.mayBe(statements)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE t/**/AS/**/TABLE u",
                "CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$SELECT set_config(/* it"
                        + " */'a.b', 'x', false)$$; ALTER TABLE t ADD c text DEFAULT f()"
            })
    void whatIsRunMayLeaveSomething(String sql) {
        var statements = statements(sql);
        assertThat(OfflineSession.leaves(statements)).isTrue();
        assertThat(LeftSettings.mayBe(statements)).isTrue();
    }

    /** Quotes and comments mean something else there. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE FUNCTION f() RETURNS text LANGUAGE plpython3u AS $$plpy.execute(\"select"
                        + " set_config('app.x', 'y', false)\")$$",
                "CREATE PROCEDURE f() AS $$\n# don't\nplpy.execute(\"select"
                        + " set_config('app.x', 'y', false)\")\n$$ LANGUAGE 'plpython3u'",
                "CREATE FUNCTION f() RETURNS text LANGUAGE plperl AS"
                        + " 'spi_exec_query(\"select set_config(''app.x'', ''y'', false)\")'",
                "CREATE FUNCTION f() RETURNS text LANGUAGE \"plv8\" AS $$// it's\n"
                        + "plv8.execute('select set_config(\\'app.x\\', \\'y\\', false)')$$",
                "DO $$BEGIN EXECUTE 'DO LANGUAGE plperl ''spi_exec_query(\"SET app.x = 1\")''';"
                        + " END$$",
                "DO LANGUAGE plpython3u $$\n# don't\nplpy.execute(\"SET SESSION app.x = 'y'\")$$",
            })
    void whatOtherLanguagesNameIsFound(String sql) {
        var statements = statements(sql);
        assertThat(LeftSettings.mayBe(statements)).isTrue();
        assertThat(new CustomSettings(statements).names()).containsExactly("app.x");
    }

    @Test
    void aLanguageIsNoColumn() {
        assertThat(SqlWords.unread("SELECT language, 'a' FROM t")).isEmpty();
        assertThat(SqlWords.unread("CREATE FUNCTION f() LANGUAGE 'SQL' AS 'SELECT ''a'''"))
                .isEmpty();
    }
}
