// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.local;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.engine.rehearse.Commutes;
import dev.skein.engine.rehearse.Replay;
import dev.skein.engine.revision.Resolver;
import dev.skein.engine.revision.Revision;
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
@Command(name = "merge", description = "Join heads in a new, empty revision.")
public final class MergeCommand extends LocalCommand {
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
                    "Try every order on a scratch server first; write nothing and exit with 4 where"
                            + " they do not lead to the same schema.")
    private boolean check;

    @Mixin private final Scratch scratch = new Scratch();

    @Override
    public Integer call() {
        var folder = folder();
        var graph = folder.load().graph();
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
        if (check && !commute(graph.sorted(parents))) {
            return ErrorCode.DIFFERS.exitCode();
        }
        var revision =
                new Revision(
                        RevisionId.random(),
                        graph.sorted(parents),
                        List.of(),
                        List.of(),
                        message,
                        Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS));
        var path = NewFile.write(folder, graph, revision);
        if (isJson()) {
            out().json(revision);
        } else {
            out().result(path.toString());
        }
        return 0;
    }

    private boolean commute(List<String> parents) {
        try (var client = Client.take();
                var server = scratch.start(client, project(), out())) {
            var replay = new Replay(scripts(), scratch.bound());
            var differences = Commutes.differences(server, replay, parents);
            differences.forEach(words -> out().say(out().bad("differs: ") + words));
            return differences.isEmpty();
        }
    }
}
