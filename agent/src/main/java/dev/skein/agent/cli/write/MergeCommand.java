// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.write;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.place.CommandClient;
import dev.skein.agent.cli.place.ProjectOptions;
import dev.skein.agent.cli.trial.ScratchAccess;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.engine.rehearse.CommutationCheck;
import dev.skein.engine.rehearse.RevisionReplay;
import dev.skein.engine.revision.Resolver;
import dev.skein.engine.revision.Revision;
import dev.skein.engine.revision.RevisionGraph;
import dev.skein.engine.revision.RevisionId;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code skein merge}. */
@Command(
        name = "merge",
        description = "Join heads in a new, empty revision.",
        footer = {
            "",
            "  skein merge --check && skein merge -m \"join the branches\"",
            "  skein merge --if-commuting 3f2a9c 9c01d2"
        })
public final class MergeCommand extends BaseCommand {
    @Mixin private final ProjectOptions project = new ProjectOptions();

    @Parameters(
            paramLabel = "HEAD",
            arity = "0..*",
            defaultValue = "heads",
            description = "The heads to join (default: all).")
    private List<String> heads;

    @Option(
            names = {"-m", "--message"},
            paramLabel = "TEXT",
            defaultValue = "merge",
            description = "What it is for.")
    private String message;

    @Option(names = "--splice", description = "Allow joining revisions that are no heads.")
    private boolean splice;

    @Option(
            names = "--check",
            description =
                    "Only answer: try every order on a scratch server, exit with 0 where all lead"
                            + " to the same schema, with 4 where not. Nothing is written.")
    private boolean check;

    @Option(
            names = "--if-commuting",
            description = "Ask the same first, and write the revision only where the answer is 0.")
    private boolean ifCommuting;

    @Mixin private final ScratchAccess scratch = new ScratchAccess();

    @Override
    public Integer call() {
        var folder = project.folder();
        var graph = folder.load().graph();
        var parents = parents(graph);
        if ((check || ifCommuting) && !commute(graph.sorted(parents))) {
            return ErrorCode.DIFFERS.exitCode();
        }
        if (check) {
            out().say("They lead to the same schema in every order.");
            return 0;
        }
        var revision = joining(graph.sorted(parents));
        var path = NewFile.write(folder, graph, revision);
        if (isJson()) {
            out().json(revision);
        } else {
            out().result(NewFile.near(path));
        }
        return 0;
    }

    private Revision joining(List<String> parents) {
        var now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS);
        return new Revision(RevisionId.random(), parents, List.of(), List.of(), message, now);
    }

    /** The revisions to join: two or more, and heads unless somebody wants others. */
    private Set<String> parents(RevisionGraph graph) {
        var resolver = new Resolver(graph, Set.of());
        var parents = new HashSet<String>();
        heads.forEach(head -> parents.addAll(resolver.resolve(head)));
        if (parents.size() < 2) {
            throw SkeinException.usage(
                    "Merge", "there is only one revision to join", "Name two or more heads");
        }
        var inner = parents.stream().filter(p -> !graph.heads().contains(p)).sorted().toList();
        if (!inner.isEmpty() && !splice) {
            throw SkeinException.usage(
                    "Revision " + String.join(", ", inner),
                    "it is no head",
                    "Say --splice to join it all the same");
        }
        return parents;
    }

    private boolean commute(List<String> parents) {
        try (var client = CommandClient.take();
                var server = scratch.start(client, project.project(), out())) {
            var replay = new RevisionReplay(project.scripts(), scratch.bound());
            var differences = CommutationCheck.differences(server, replay, parents);
            differences.forEach(words -> out().say(out().bad("differs: ") + words));
            return differences.isEmpty();
        }
    }
}
