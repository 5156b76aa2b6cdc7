// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.graph;

import dev.skein.agent.cli.common.Output;
import dev.skein.engine.revision.RevisionGraph;

/** What is said of a folder without revisions. */
final class EmptyFolder {
    private EmptyFolder() {}

    /** Tells somebody who sees an empty list why it is empty. */
    static void sayWhether(RevisionGraph graph, Output out) {
        if (graph.heads().isEmpty()) {
            out.say(
                    "There are no revisions yet. Make the first: skein revision -m \"what it"
                            + " does\"");
        }
    }
}
