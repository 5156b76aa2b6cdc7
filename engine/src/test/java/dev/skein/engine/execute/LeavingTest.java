// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.script.Piece.Statement;
import dev.skein.engine.script.ScriptParser;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may leave something in a session is said by a statement's words alone. */
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
}
