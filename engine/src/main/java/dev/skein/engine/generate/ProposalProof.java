// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.generate;

import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogDifference;
import dev.skein.engine.event.RehearsalResult;
import dev.skein.engine.rehearse.Rehearsal;
import dev.skein.engine.rehearse.RevisionReplay;
import dev.skein.engine.scratch.ScratchDatabase;
import dev.skein.engine.scratch.ScratchServer;
import dev.skein.engine.script.Script;
import dev.skein.engine.script.ScriptParser;
import dev.skein.engine.script.ScriptWriter;
import dev.skein.engine.script.Scripts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs proposed revisions up, down and up again, and looks where that leads. */
final class ProposalProof {
    private static final int NAMED = 5;

    private final ScratchServer server;
    private final Scripts scripts;
    private final Duration bound;
    private final Consumer<String> each;

    /**
     * @param scripts the folder without the proposals
     * @param each hears what is being done
     */
    ProposalProof(ScratchServer server, Scripts scripts, Duration bound, Consumer<String> each) {
        this.server = server;
        this.scripts = scripts;
        this.bound = bound;
        this.each = each;
    }

    /**
     * On new databases, by the code that tenants get.
     *
     * @throws UnprovenRevision for one that does not come back, or all that do not arrive
     */
    void prove(List<RevisionProposal> proposals, Catalog goal) {
        var all = new ArrayList<>(scripts.all());
        proposals.forEach(p -> all.add(parse(p)));
        var together = Scripts.of(all);
        rehearse(proposals, together);
        try (var database = server.database()) {
            var last = proposals.getLast().revision().id();
            new RevisionReplay(together, bound).up(database, List.of(last));
            compare(proposals, database, goal);
        }
    }

    private void rehearse(List<RevisionProposal> proposals, Scripts together) {
        try (var rehearsal = new Rehearsal(server, together, bound)) {
            for (var proposal : proposals) {
                var id = proposal.revision().id();
                each.accept("Rehearsing " + id);
                var result = rehearsal.run(List.of(id), done -> {}).getFirst();
                if (result.grade().isBad()) {
                    throw new UnprovenRevision(inWords(result), proposal.text());
                }
            }
        }
    }

    private static String inWords(RehearsalResult result) {
        var found = result.found() == null ? result.grade().words() : result.found();
        return result.differences().isEmpty()
                ? found
                : found + ": " + String.join(", ", result.differences());
    }

    /** Holds a database against what is desired. */
    static void compare(List<RevisionProposal> proposals, ScratchDatabase database, Catalog goal) {
        var differences = CatalogDifference.between(RevisionReplay.read(database), goal);
        if (!differences.isEmpty()) {
            var names = differences.stream().map(d -> d.id().toString()).limit(NAMED).toList();
            var text = new StringBuilder();
            proposals.forEach(p -> text.append(p.text()).append('\n'));
            throw new UnprovenRevision(
                    "it does not arrive at the desired schema; different are "
                            + String.join(", ", names)
                            + (differences.size() > NAMED ? ", …" : ""),
                    text.toString());
        }
    }

    private static Script parse(RevisionProposal proposal) {
        return ScriptParser.parse(ScriptWriter.fileName(proposal.revision()), proposal.text());
    }
}
