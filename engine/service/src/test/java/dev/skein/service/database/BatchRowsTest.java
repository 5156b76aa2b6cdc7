// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchRowsTest {
    @Test
    void whatTouchesTheSameIsInItsOrderAndTheRestTogether() {
        var rounds =
                BatchRows.rounds(
                        List.of("a1", "b2", "a3", "c1", "d4", "a5"),
                        row -> List.of(row.charAt(0), row.charAt(1)));
        assertThat(rounds)
                .containsExactly(List.of("a1", "b2", "d4"), List.of("a3", "c1"), List.of("a5"));
        assertThat(BatchRows.rounds(List.<String>of(), row -> List.of(row))).isEmpty();
    }

    @Test
    void aColumnHasItsGaps() {
        var rows = new BatchRows<>(List.of("one", "", "three"));
        assertThat(rows.texts(row -> row.isEmpty() ? null : row))
                .isEqualTo(new String[] {"one", null, "three"});
        assertThat(rows.longs(String::length)).containsExactly(3L, 0L, 5L);
        assertThat(Arrays.asList(rows.flags(String::isEmpty))).containsExactly(false, true, false);
    }
}
