// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.Digests;
import dev.skein.engine.catalog.CanonicalText;
import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.Fingerprint;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.ddl.ChangeNode.Action;
import dev.skein.engine.ddl.text.DdlStatement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class ChangeGraphTest {
    private static final ChangeNode A = creation("a");
    private static final ChangeNode B = creation("b");
    private static final ChangeNode C = creation("c");

    private static ChangeNode creation(String table) {
        var statements = List.of(DdlStatement.of("CREATE TABLE " + table + " ()"));
        return new ChangeNode(Action.CREATE, id(table), 0, statements);
    }

    private static ItemId id(String table) {
        return new ItemId(ObjectKind.TABLE, "", table);
    }

    private static Catalog empty() {
        var hash = Digests.hex(Digests.sha256(new byte[0]));
        return CanonicalText.read("", new Fingerprint(Fingerprint.FORMAT, 17, hash)).orElseThrow();
    }

    private static ChangeGraph graph(ChangeNode... nodes) {
        return new ChangeGraph(empty(), List.of(nodes), Map.of(id("inside"), id("b")));
    }

    @Test
    void eachComesBehindWhatHasToComeBefore() {
        var graph = graph(C, B, A);
        assertThat(graph.inOrder()).containsExactly(A, B, C);
        graph.after(A, C);
        assertThat(graph.inOrder()).containsExactly(B, C, A);
        graph.after(B, A);
        assertThat(graph.inOrder()).containsExactly(C, A, B);
    }

    @Test
    void nothingIsLostInACircle() {
        var graph = graph(A, B, C);
        graph.after(A, B);
        graph.after(B, A);
        assertThat(graph.inOrder()).containsExactly(C, A, B);
    }

    @Test
    void whatIsWrittenInsideAnotherStatementIsMadeWithIt() {
        var graph = graph(A, B);
        assertThat(graph.find(id("inside"), Action.CREATE, empty())).isEqualTo(B);
        assertThat(graph.find(id("inside"), Action.DROP, empty())).isNull();
        assertThat(graph.own(id("inside"), Action.CREATE)).isNull();
    }
}
