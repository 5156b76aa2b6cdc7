// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.trial;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.common.PositiveCount;
import dev.skein.agent.cli.graph.RangeMembers;
import dev.skein.agent.cli.place.CommandClient;
import dev.skein.agent.cli.place.ProjectOptions;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.FileTrouble;
import dev.skein.engine.SkeinException;
import dev.skein.engine.event.RehearsalEvidence;
import dev.skein.engine.event.RehearsalResult;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.rehearse.Rehearsal;
import dev.skein.engine.rehearse.RehearsalOrigin;
import dev.skein.engine.revision.RevisionGraph;
import dev.skein.engine.scratch.ScratchServer;
import dev.skein.engine.script.Scripts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code skein rehearse}. */
@Command(
        name = "rehearse",
        description =
                "Run revisions up, down and up again on a scratch server; exit with 4 where a way"
                        + " back does not lead back.",
        footer = {
            "",
            "Grades: data-proven (the catalog and the rows come back), shape-proven (the catalog"
                    + " comes back; rows were not tried), lossy (rows were seen to lose something),"
                    + " differs, fails, irreversible (as the file says)."
        })
public final class RehearseCommand extends BaseCommand {
    @Mixin private final ProjectOptions project = new ProjectOptions();

    @Mixin private final ScratchAccess scratch = new ScratchAccess();

    @Parameters(
            arity = "0..1",
            paramLabel = "REVISION|A:B",
            description = "A revision, or a range (default: the heads).")
    private @Nullable String which;

    @Option(names = "--all", description = "The whole history.")
    private boolean all;

    @Option(
            names = "--data",
            paramLabel = "NAME|URL|FILE",
            description =
                    "Start from a copy with rows: a sample of this database, or a backup that"
                            + " pg_dump wrote as an archive. Without REVISION: what is not applied"
                            + " there.")
    private @Nullable String data;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "1000",
            converter = PositiveCount.class,
            description = "Of each table in a sample (default: ${DEFAULT-VALUE}).")
    private int rows;

    @Option(names = "--html", paramLabel = "FILE", description = "Write a report for a browser.")
    private @Nullable Path html;

    @Override
    public Integer call() {
        var scripts = project.scripts();
        try (var client = CommandClient.take();
                var server = scratch.start(client, project.project(), out());
                var start = start(client, server, scripts)) {
            var ids = scripts.graph().sorted(chosen(scripts.graph(), start.origin().applied()));
            var results = rehearse(start.origin(), scripts, ids);
            if (isJson()) {
                out().json(new RehearsalEvidence(server.major(), results));
            }
            if (html != null) {
                write(html, RehearsalPage.of(server.major(), results));
            }
            return end(results);
        }
    }

    private List<RehearsalResult> rehearse(
            RehearsalOrigin origin, Scripts scripts, List<String> ids) {
        try (var rehearsal = new Rehearsal(origin, scripts, scratch.bound())) {
            return rehearsal.run(ids, this::tell);
        }
    }

    private RehearsalStart start(PgClient client, ScratchServer server, Scripts scripts) {
        if (data == null) {
            return RehearsalStart.empty(server);
        }
        var filling = new RehearsalStart.Filling(server, scripts, scratch.bound(), out());
        return RehearsalStart.isFile(data)
                ? filling.backup(Path.of(data))
                : filling.sample(client, project.called(data), rows);
    }

    private Set<String> chosen(RevisionGraph graph, Set<String> applied) {
        var chosen = new HashSet<>(named(graph));
        if (chosen.removeAll(applied) && which != null && chosen.isEmpty()) {
            throw SkeinException.usage(
                    "Revision '" + which + "'",
                    "it is applied where the rows come from",
                    "Take rows from a database that is before it");
        }
        return chosen;
    }

    private Set<String> named(RevisionGraph graph) {
        if (all && which != null) {
            throw SkeinException.usage(
                    "Revision '" + which + "'", "--all is given, too", "Give one of them");
        }
        if (all || (data != null && which == null)) {
            return graph.closure(graph.heads());
        }
        return RangeMembers.named(which, graph);
    }

    private void tell(RehearsalResult result) {
        if (!isJson()) {
            new RehearsalText(out()).lines(result).forEach(out()::result);
        }
    }

    private int end(List<RehearsalResult> results) {
        long bad = results.stream().filter(r -> r.grade().isBad()).count();
        out().say(
                        results.size()
                                + (results.size() == 1 ? " revision" : " revisions")
                                + ", "
                                + bad
                                + " to look at");
        return bad == 0 ? 0 : ErrorCode.DIFFERS.exitCode();
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new SkeinException(
                    ErrorCode.FAILED,
                    file.toString(),
                    "it cannot be written (" + FileTrouble.inWords(e) + ")",
                    "Choose another place",
                    e);
        }
    }
}
