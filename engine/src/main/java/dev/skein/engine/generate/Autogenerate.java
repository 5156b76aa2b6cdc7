// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.generate;

import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.ddl.ChangePart;
import dev.skein.engine.ddl.Ddl;
import dev.skein.engine.ddl.text.DdlStatement;
import dev.skein.engine.rehearse.RevisionReplay;
import dev.skein.engine.revision.Revision;
import dev.skein.engine.scratch.ScratchDatabase;
import dev.skein.engine.scratch.ScratchServer;
import dev.skein.engine.script.ScriptWriter;
import dev.skein.engine.script.Scripts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Writes the revisions from where a folder's revisions lead to a desired schema. Each is run on a
 * scratch database, up, down and up again, before it is proposed: one that does not arrive, or does
 * not come back, is refused with the differences.
 */
public final class Autogenerate {
    private final ScratchServer server;
    private final Scripts scripts;
    private final Duration bound;
    private final UnaryOperator<String> naming;
    private final Consumer<String> each;

    /**
     * @param scripts the folder as it is
     * @param bound for each statement
     * @param naming changes how statements name what they are about
     * @param each hears what is being done
     */
    public Autogenerate(
            ScratchServer server,
            Scripts scripts,
            Duration bound,
            UnaryOperator<String> naming,
            Consumer<String> each) {
        this.naming = naming;
        this.each = each;
        this.server = server;
        this.scripts = scripts;
        this.bound = bound;
    }

    /**
     * The revisions that are missing; none where the folder leads to the desired schema already.
     *
     * @param first the first of them: its parents are where the change starts
     * @param following makes the identity of one more; it follows the one given
     * @param renames hints, as {@link DeclaredRename#parse} reads them
     * @throws UnprovenRevision for a change that a generated revision would not make, or not take
     *     back
     */
    public List<RevisionProposal> propose(
            Revision first, Following following, ScratchDatabase desired, List<String> renames) {
        var goal = RevisionReplay.readWithNeeds(desired);
        each.accept("Going up to where the change starts");
        try (var base = server.database()) {
            new RevisionReplay(scripts, bound).up(base, first.revises());
            var stages = new StagedDatabase(base, bound);
            var hinted = stages.rename(renames);
            var parts = new ArrayList<>(parts(hinted, RevisionReplay.readWithNeeds(base), goal));
            var proposals = new ArrayList<RevisionProposal>();
            var revision = first;
            var before = stages.start();
            for (var part : parts) {
                each.accept("Writing part " + (proposals.size() + 1) + " of " + parts.size());
                var after = stages.apply(part);
                var down = stages.back(before, after, part, hinted);
                hinted = List.of(); // they are in the first part
                proposals.add(
                        new RevisionProposal(revision, text(revision, part, down), losses(part)));
                revision = following.after(revision);
                before = after;
            }
            if (proposals.isEmpty()) {
                ProposalProof.compare(proposals, base, goal);
            } else {
                new ProposalProof(server, scripts, bound, each).prove(proposals, goal);
            }
            return proposals;
        }
    }

    /** Makes the identity of the revision after one. */
    public interface Following {
        Revision after(Revision revision);
    }

    private static List<ChangePart> parts(List<DeclaredRename> renames, Catalog from, Catalog to) {
        var statements = new ArrayList<DdlStatement>();
        renames.forEach(rename -> statements.add(rename.statement()));
        statements.addAll(Ddl.between(from, to, true));
        return ChangePart.of(statements);
    }

    private static List<String> losses(ChangePart part) {
        var losses = new ArrayList<String>();
        for (var statement : part.statements()) {
            var loss = statement.loss();
            if (loss != null) {
                losses.add(loss);
            }
        }
        return losses;
    }

    private String text(Revision revision, ChangePart part, DowngradePart down) {
        var text = new StringBuilder(ScriptWriter.header(revision));
        if (!part.transactional()) {
            text.append("--@ transaction: none\n");
        }
        text.append("\n--@ upgrade\n");
        text.append(naming.apply(SectionText.of(part.transactional(), part.statements())));
        return text.append(naming.apply(down.section())).toString();
    }
}
