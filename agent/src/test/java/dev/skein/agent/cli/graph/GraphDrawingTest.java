// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.revision.Revision;
import dev.skein.engine.revision.RevisionGraph;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class GraphDrawingTest {
    /** Revisions written as {@code d<-b,c}. */
    private static List<String> draw(String... written) {
        var revisions = new ArrayList<Revision>();
        for (var text : written) {
            var parts = text.split("<-");
            var parents = parts.length == 1 ? List.<String>of() : List.of(parts[1].split(","));
            revisions.add(new Revision(parts[0], parents, List.of(), List.of(), "", Instant.EPOCH));
        }
        var newestFirst = RevisionGraph.of(revisions).inOrder().reversed();
        return GraphDrawing.draw(newestFirst, Revision::id);
    }

    @Test
    void aLine() {
        assertThat(draw("a", "b<-a")).containsExactly("* b", "* a");
    }

    @Test
    void aDiamond() {
        assertThat(draw("a", "b<-a", "c<-a", "d<-b,c"))
                .containsExactly("* d", "|\\", "| * c", "* | b", "|/", "* a");
    }

    @Test
    void twoBasesAndTwoHeads() {
        assertThat(draw("a", "b", "c<-a", "d<-b"))
                .containsExactly("* d", "| * c", "* | b", "  * a");
    }

    @Test
    void threeBranches() {
        assertThat(draw("a", "b<-a", "c<-a", "d<-a"))
                .containsExactly("* d", "| * c", "| | * b", "|_|/", "|/", "* a");
    }
}
