// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.rehearse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.script.ScriptParser;
import dev.skein.engine.script.ScriptPiece.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a statement reaches is said by its words alone. */
@Tag("quick")
class ClusterWideStatementsTest {
    static Statement statement(String sql) {
        var file = "--@ revision: a\n--@ upgrade\n" + sql + ";\n";
        return ScriptParser.parse("a.sql", file).upgrade().statements().getFirst();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GRANT reader TO bob",
                "GRANT \"on\" TO bob",
                "GRANT reader TO bob -- on purpose",
                "REVOKE/* on */ADMIN OPTION FOR reader FROM \"works on\"",
                "CREATE/**/ROLE bob"
            })
    void aRoleIsBeyondADatabase(String sql) {
        assertThat(ClusterWideStatements.is(statement(sql))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GRANT SELECT/**/ON/**/t TO bob",
                "REVOKE ALL -- rights\nON t FROM bob",
                "COMMENT ON TABLE t IS 'GRANT a TO b'",
                "CREATE TABLE \"CREATE ROLE\" ()"
            })
    void aTableIsNot(String sql) {
        assertThat(ClusterWideStatements.is(statement(sql))).isFalse();
    }
}
