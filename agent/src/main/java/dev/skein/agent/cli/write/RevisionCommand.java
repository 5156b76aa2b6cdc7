// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.write;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.place.CommandClient;
import dev.skein.agent.cli.place.ProjectOptions;
import dev.skein.agent.cli.trial.DesiredSchema;
import dev.skein.agent.cli.trial.ScratchAccess;
import dev.skein.engine.SkeinException;
import dev.skein.engine.generate.RevisionProposal;
import dev.skein.engine.revision.Resolver;
import dev.skein.engine.revision.Revision;
import dev.skein.engine.revision.RevisionGraph;
import dev.skein.engine.revision.RevisionId;
import dev.skein.engine.script.RevisionFolder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code skein revision}. */
@Command(
        name = "revision",
        description = "Make a new revision: empty, or generated.",
        footer = {
            "",
            "  skein revision -m \"create users\"",
            "  skein revision -m \"a branch\" --head base --label billing",
            "  skein revision -m \"orders\" --autogenerate --desired schema.sql"
        })
public final class RevisionCommand extends BaseCommand {
    @Mixin private final ProjectOptions project = new ProjectOptions();

    @Option(
            names = {"-m", "--message"},
            paramLabel = "TEXT",
            defaultValue = "",
            description = "What it does.")
    private String message;

    @Option(
            names = "--head",
            paramLabel = "TARGET",
            description = "What it follows (default: the only head). base starts a new branch.")
    private @Nullable String head;

    @Option(names = "--splice", description = "Allow --head to be no head: branch off from it.")
    private boolean splice;

    @Option(names = "--label", paramLabel = "NAME", description = "Name the branch.")
    private @Nullable String label;

    @Option(names = "--depends-on", paramLabel = "ID", description = "Needs this one, too.")
    private List<String> dependsOn = new ArrayList<>();

    @Option(names = "--rev-id", paramLabel = "ID", description = "Use this id.")
    private @Nullable String id;

    @Mixin private final ScratchAccess scratch = new ScratchAccess();

    @Option(
            names = "--autogenerate",
            description = "Write what leads to the desired schema, proven on a scratch server.")
    private boolean autogenerate;

    @Option(
            names = "--desired",
            paramLabel = "PATH",
            description =
                    "The desired schema: an SQL file or folder (default: as skein.yaml says).")
    private @Nullable String desired;

    @Option(
            names = "--entities",
            paramLabel = "CLASSES",
            description =
                    "The desired schema: JPA entities in folders of classes and jars, joined by"
                            + " ':', with what they need (default: as skein.yaml says).")
    private @Nullable String entities;

    @Option(
            names = "--rename",
            paramLabel = "HINT",
            description = "It has another name now: 'users.mail -> email', 'users -> people'.")
    private List<String> renames = new ArrayList<>();

    @Option(names = "--allow-loss", description = "Generate what loses data, too.")
    private boolean allowLoss;

    @Option(
            names = "--unqualified",
            description = "Names without the schema public: for tenants that are schemas.")
    private boolean unqualified;

    @Override
    public Integer call() {
        var folder = project.folder();
        var graph = folder.load().graph();
        var revision = revision(graph);
        if (autogenerate) {
            return generate(folder, revision);
        }
        var path = NewFile.write(folder, graph, revision);
        if (isJson()) {
            out().json(revision);
        } else {
            out().result(NewFile.near(path));
            out().say("Write the SQL under --@ upgrade and --@ downgrade. Next: skein upgrade");
        }
        return 0;
    }

    private Revision revision(RevisionGraph graph) {
        var resolver = new Resolver(graph, Set.of());
        var needs = new ArrayList<String>();
        dependsOn.forEach(target -> needs.addAll(resolver.resolve(target)));
        return new Revision(
                id == null ? RevisionId.random() : RevisionId.check(id),
                parents(graph, resolver),
                needs,
                label == null ? List.of() : List.of(RevisionId.check(label)),
                message,
                Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS));
    }

    private int generate(RevisionFolder folder, Revision revision) {
        var generation = new RevisionGenerator(folder, folder.load(), out());
        var file = project.project();
        try (var client = CommandClient.take();
                var server = scratch.start(client, file, out())) {
            var proposals =
                    generation.propose(
                            server,
                            revision,
                            DesiredSchema.of(file, desired, entities),
                            new RevisionGenerator.Wishes(renames, allowLoss, unqualified),
                            scratch.bound());
            tell(proposals, generation.write(proposals));
            return 0;
        }
    }

    private void tell(List<RevisionProposal> proposals, List<Path> paths) {
        if (isJson()) {
            out().json(proposals.stream().map(RevisionProposal::revision).toList());
        } else {
            paths.forEach(path -> out().result(NewFile.near(path)));
            if (!paths.isEmpty()) {
                out().say("Read it. Next: skein lint, skein upgrade");
            }
        }
        if (paths.isEmpty()) {
            out().say("Nothing is missing: the revisions lead to the desired schema.");
        }
    }

    private List<String> parents(RevisionGraph graph, Resolver resolver) {
        if (head == null) {
            return List.copyOf(resolver.resolve("head"));
        }
        var parents = resolver.resolve(head);
        var inner = parents.stream().filter(p -> !graph.heads().contains(p)).toList();
        if (!inner.isEmpty() && !splice) {
            throw SkeinException.usage(
                    "Revision " + String.join(", ", inner),
                    "it is no head",
                    "Say --splice to branch off from it");
        }
        return graph.sorted(parents);
    }
}
