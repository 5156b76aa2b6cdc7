// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class MemoryTableTest {
    private final MemoryTable<String> table = new MemoryTable<>();

    @Test
    void whatIsReadTwiceIsTheSameUntilItChanges() {
        table.put("b", "2");
        table.put("a", "1");
        var first = table.all();
        assertThat(first).containsExactly("1", "2");
        assertThat(table.all()).isSameAs(first);
        table.put("a", "3");
        assertThat(table.all()).containsExactly("3", "2");
        table.remove("b");
        assertThat(table.all(row -> true)).containsExactly("3");
    }

    @Test
    void whatWasTakenBackIsNotRead() {
        table.put("a", "1");
        table.commit();
        table.put("a", "2");
        table.put("b", "3");
        assertThat(table.all()).containsExactly("2", "3");
        table.rollBack();
        assertThat(table.all()).containsExactly("1");
        assertThat(table.get("b")).isNull();
    }

    @Test
    void aPrefixFindsItsOwnOnly() {
        table.put("r1 a", "1");
        table.put("r1 b", "2");
        table.put("r10 a", "3");
        table.put("r2 a", "4");
        assertThat(table.of("r1 ")).containsExactly("1", "2");
    }
}
