// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.cli.common.CliWords;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class TextTableTest {
    private static TextTable table() {
        var table = new TextTable("NAME", "AT", "WHAT");
        table.row(
                "eu/tenant_a1", "2026-11-28T01:02:03.456789Z", "it has another schema than before");
        table.row("us/b", "2026-11-28T01:02:03Z", "-");
        return table;
    }

    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        assertThat(table().lines(Integer.MAX_VALUE))
                .containsExactly(
                        "NAME          AT                           WHAT",
                        "eu/tenant_a1  2026-11-28T01:02:03.456789Z  it has another schema than"
                                + " before",
                        "us/b          2026-11-28T01:02:03Z         -");
    }

    @Test
    void onANarrowTerminalTheWidestCellsAreCutAndNoLineWraps() {
        var lines = table().lines(60);
        assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(60));
        assertThat(lines.get(1)).startsWith("eu/tenant_a1  2026-11-28T01:02:0").contains("…");
        assertThat(table().lines(3)).hasSize(3);
    }

    @Test
    void hintsAreQuotedForTheShell() {
        assertThat(CliWords.command("skein", "--reason", "duplicates in the shops' data", "a/b_1"))
                .isEqualTo("skein --reason 'duplicates in the shops'\\'' data' a/b_1");
        assertThat(CliWords.quoted("")).isEqualTo("''");
        assertThat(CliWords.counted(1, "database")).isEqualTo("1 database");
        assertThat(CliWords.counted(0, "database")).isEqualTo("0 databases");
    }
}
