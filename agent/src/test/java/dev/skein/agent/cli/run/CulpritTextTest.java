// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.execute.order.MigrationFailed.Culprit;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class CulpritTextTest {
    private static List<String> lines(String sql, int position, int columns) {
        return new CulpritText(columns).lines(new Culprit(sql, position, 7));
    }

    @Test
    void theCaretStandsUnderTheErrorsPlace() {
        assertThat(lines("SELECT 1,\n  oops\nFROM t", 13, 80))
                .containsExactly("  7 |   oops", "    |   ^");
    }

    @Test
    void tabsAndWideCharactersKeepTheCaretInItsPlace() {
        assertThat(lines("\tSELECT oops", 9, 80))
                .containsExactly("  7 |     SELECT oops", "    |            ^");
        assertThat(lines("SELECT '日本' + é̈x", 15, 80))
                .containsExactly("  7 | SELECT '日本' + é̈x", "    |                 ^");
        assertThat(lines("SELECT '\uD83D\uDE00', oops", 13, 80))
                .containsExactly("  7 | SELECT '\uD83D\uDE00', oops", "    |              ^");
    }

    @Test
    void aLongLineIsCutOnBothSides() {
        var sql = "SELECT " + "a, ".repeat(50) + "oops" + ", b".repeat(50);
        var lines = lines(sql, 158, 60);
        assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(60));
        assertThat(lines.getFirst()).startsWith("  7 | …").endsWith("…");
        assertThat(lines.getFirst().substring(lines.getLast().indexOf('^'))).startsWith("oops");
    }

    @Test
    void whereThePlaceIsNotKnownTheStatementsBeginningIsShown() {
        assertThat(lines("INSERT\nINTO\nt\nVALUES (1)", 0, 80))
                .containsExactly("  7 | INSERT", "  8 | INTO", "  9 | t", "  …");
        assertThat(lines("SELECT 1", 99, 80))
                .last()
                .asString()
                .endsWith("| " + " ".repeat(8) + "^");
    }

    @Test
    void aStatementDoesNotSteerTheTerminal() {
        assertThat(String.join("", lines("SELECT \u001b[2J\u0007x", 8, 80)))
                .doesNotContain("\u001b");
    }
}
