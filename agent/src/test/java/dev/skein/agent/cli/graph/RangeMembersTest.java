// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.engine.revision.Graphs;
import dev.skein.engine.revision.RevisionGraph;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class RangeMembersTest {
    private static final RevisionGraph FORK =
            Graphs.graph("a", "b[left]<-a", "c[right]<-a", "d<-b", "e<-c");
    private static final RevisionGraph DIAMOND =
            Graphs.graph("a", "b[left]<-a", "c[right]<-a", "d<-b,c", "e<-d");

    private static String range(RevisionGraph graph, String range) {
        return String.join(" ", graph.sorted(RangeMembers.of(range, graph, Set.of("b"))));
    }

    @Test
    void aRangeIsTheWayFromTheOneToTheOther() {
        assertThat(range(FORK, "b:heads")).isEqualTo("b d");
        assertThat(range(FORK, "e:")).isEqualTo("e");
        assertThat(range(FORK, "a:b")).isEqualTo("a b");
        assertThat(range(FORK, ":d")).isEqualTo("a b d");
        assertThat(range(FORK, "base:c")).isEqualTo("a c");
        assertThat(range(FORK, "left@base:heads")).isEqualTo("a b d");
        assertThat(range(FORK, "left@base:left@head")).isEqualTo("a b d");
        assertThat(range(FORK, "-1:left@head")).isEqualTo("a b d");
        assertThat(range(DIAMOND, "b:")).isEqualTo("b d e");
        assertThat(range(DIAMOND, "c:d")).isEqualTo("c d");
        assertThat(range(DIAMOND, "left@head-1:")).isEqualTo("d e");
    }

    @Test
    void aRangeWithoutAWayIsRefused() {
        for (var range : new String[] {"d:a", "b:c", "b:right@head", "e:b"}) {
            assertThatThrownBy(() -> range(FORK, range))
                    .hasMessageContaining("Range '" + range + "'")
                    .hasMessageContaining("no way leads up");
        }
    }
}
