// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.revision;

import static dev.skein.engine.revision.Graphs.graph;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class RevisionGraphTest {
    @Test
    void ordersParentsFirstAndTiesByTimeThenId() {
        var graph = graph("c<-a", "b<-a", "a", "d<-b,c");
        assertThat(graph.inOrder()).extracting(Revision::id).containsExactly("a", "c", "b", "d");
    }

    @Test
    void headsAreWhatNothingRevises() {
        assertThat(graph("a", "b<-a", "c<-a").heads()).containsExactly("b", "c");
        assertThat(graph("a", "b<-a", "c<-a", "d<-b,c").heads()).containsExactly("d");
        assertThat(graph("a", "x", "b<-a;x").heads()).containsExactlyInAnyOrder("x", "b");
    }

    @Test
    void closureFollowsParentsAndDependencies() {
        var graph = graph("a", "x", "b<-a;x", "c<-b");
        assertThat(graph.closure(List.of("c"))).containsExactlyInAnyOrder("a", "x", "b", "c");
        assertThat(graph.descendants(List.of("x"))).containsExactlyInAnyOrder("x", "b", "c");
    }

    @Test
    void refusesWhatIsNoGraph() {
        assertThatThrownBy(() -> graph("a", "a"))
                .isInstanceOf(RevisionError.class)
                .hasMessageContaining("more than one revision has this id");
        assertThatThrownBy(() -> graph("b<-a"))
                .hasMessageContaining("Revision b")
                .hasMessageContaining("needs a");
        assertThatThrownBy(() -> graph("r", "a<-c", "b<-a", "c<-b"))
                .hasMessageContaining("Revisions a, b, c")
                .hasMessageContaining("cycle");
        assertThatThrownBy(() -> graph("a[x]", "b[x]<-a")).hasMessageContaining("Label 'x'");
    }

    @Test
    void resolvesNamesAsAlembicDoes() {
        var graph = graph("ae1027", "ae2f00<-ae1027", "27c6a[cart]<-ae1027", "31b<-27c6a");
        var resolver = new Resolver(graph, Set.of("ae1027"));
        assertThat(resolver.resolve("ae2")).containsExactly("ae2f00");
        assertThat(resolver.resolve("heads")).containsExactlyInAnyOrder("ae2f00", "31b");
        assertThat(resolver.resolve("cart@head")).containsExactly("31b");
        assertThat(resolver.resolve("cart")).containsExactly("27c6a");
        assertThat(resolver.resolve("base")).isEmpty();
        assertThat(resolver.resolve("cart@+1")).containsExactly("27c6a");
        assertThat(resolver.resolve("31b-1")).containsExactly("27c6a");
        assertThat(resolver.resolve("27c+1")).containsExactly("31b");
        assertThat(resolver.resolve("current")).containsExactly("ae1027");
    }

    @Test
    void aBranchEndsWhereItsLineageDoes() {
        var graph = graph("a[x]", "b<-;a", "c[y]<-a", "d<-b;c", "e<-c");
        var resolver = new Resolver(graph, Set.of());
        assertThat(resolver.resolve("x@head")).containsExactly("e");
        assertThat(resolver.resolve("y@heads")).containsExactly("e");
        assertThat(new Resolver(graph("a[x]", "b<-;a"), Set.of()).resolve("x@head"))
                .containsExactly("a");
        var merged = graph("a", "b[x]<-a", "c<-a", "d<-b,c", "f<-d");
        assertThat(new Resolver(merged, Set.of()).resolve("x@head")).containsExactly("f");
    }

    @Test
    void sayWhatIsAmbiguousAndWhatIsNear() {
        var graph = graph("ae1027", "ae2f00<-ae1027", "27c6a<-ae1027");
        var resolver = new Resolver(graph, Set.of("ae1027"));
        assertThatThrownBy(() -> resolver.resolve("ae"))
                .hasMessageContaining("several revisions start with it: ae1027, ae2f00");
        assertThatThrownBy(() -> resolver.resolve("head"))
                .hasMessageContaining("heads are ae2f00, 27c6a")
                .hasMessageContaining("skein merge ae2f00 27c6a");
        assertThatThrownBy(() -> resolver.resolve("ae1028")).hasMessageContaining("ae1027?");
        assertThatThrownBy(() -> resolver.resolve("+1"))
                .hasMessageContaining("branches after ae1027");
        assertThatThrownBy(() -> resolver.resolve("-2"))
                .hasMessageContaining("only 1 revisions below");
        assertThatThrownBy(() -> resolver.resolve("a b")).hasMessageContaining("is not a revision");
    }

    @Test
    void holdsTenThousandRevisions() {
        var nodes = new String[10_000];
        nodes[0] = "r0";
        for (int i = 1; i < nodes.length; i++) {
            nodes[i] = "r" + i + "<-r" + (i - 1);
        }
        var graph = graph(nodes);
        assertThat(graph.closure(List.of("r9999"))).hasSize(10_000);
        assertThat(new Resolver(graph, Set.of()).resolve("head")).containsExactly("r9999");
    }
}
