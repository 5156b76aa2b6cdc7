// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.revision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Graphs in the tests' shorthand: {@code graph("a", "b<-a", "d<-b,c", "e<-b;c", "x[label]<-a")}:
 * parents after the arrow, dependencies after a semicolon, a label in brackets.
 */
public final class Graphs {
    private Graphs() {}

    public static RevisionGraph graph(String... nodes) {
        var revisions = new ArrayList<Revision>();
        for (int i = 0; i < nodes.length; i++) {
            revisions.add(revision(nodes[i], i));
        }
        return RevisionGraph.of(revisions);
    }

    private static Revision revision(String node, int number) {
        var sides = node.split("<-", 2);
        var name = sides[0].replaceAll("\\[.*", "");
        var labels =
                sides[0].contains("[")
                        ? List.of(sides[0].replaceAll(".*\\[|\\]", ""))
                        : List.<String>of();
        var right = sides.length == 1 ? new String[] {""} : sides[1].split(";", -1);
        return new Revision(
                name,
                words(right[0]),
                right.length > 1 ? words(right[1]) : List.of(),
                labels,
                name,
                Instant.ofEpochSecond(number));
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(",")).filter(w -> !w.isBlank()).toList();
    }
}
