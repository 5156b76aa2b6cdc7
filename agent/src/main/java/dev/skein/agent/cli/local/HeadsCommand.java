// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.local;

import dev.skein.engine.revision.Revision;
import picocli.CommandLine.Command;

/** {@code skein heads}. */
@Command(name = "heads", description = "Show the heads of the revisions folder.")
public final class HeadsCommand extends LocalCommand {
    @Override
    public Integer call() {
        var graph = scripts().graph();
        var heads = graph.heads().stream().map(graph::get).toList();
        if (isJson()) {
            out().json(heads);
        } else {
            heads.forEach(this::print);
        }
        return 0;
    }

    private void print(Revision head) {
        var labels = head.labels().isEmpty() ? "" : " (" + String.join(", ", head.labels()) + ")";
        out().result(head.id() + labels + " " + head.message());
    }
}
