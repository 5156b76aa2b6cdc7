// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.trial;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.place.CommandClient;
import dev.skein.agent.cli.place.PlaceSession;
import dev.skein.agent.cli.place.ProjectOptions;
import dev.skein.agent.cli.project.ProjectFile;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.engine.lint.LintFinding;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.Linter;
import dev.skein.engine.lint.RuleText;
import dev.skein.engine.lint.rules.RuleCatalog;
import dev.skein.engine.postgres.PgClient;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code skein lint}. */
@Command(
        name = "lint",
        description =
                "Run revisions on a scratch server and judge what they were seen to lock, rewrite,"
                        + " scan and lose; exit with 4 where something is found.",
        footer = {
            "",
            "A revision allows what it must do: --@ allow: SK302 \"why\". The project's file sets"
                    + " levels: lint: {SK122: off, SK101: warning}."
        })
public final class LintCommand extends BaseCommand {
    @Mixin private final ProjectOptions project = new ProjectOptions();

    @Mixin private final ScratchAccess scratch = new ScratchAccess();

    @Mixin private final LintChoice choice = new LintChoice();

    @Option(
            names = "--database",
            paramLabel = "NAME|URL",
            description = "Say how big the tables are there.")
    private @Nullable String database;

    @Option(
            names = "--fail-on",
            paramLabel = "LEVEL",
            defaultValue = "error",
            description = "The least level that fails: error, warning, advice, never.")
    private String failOn;

    @Option(
            names = "--explain",
            paramLabel = "RULE",
            description = "Say what a rule finds, why, and what to do: SK103, or its name.")
    private @Nullable String explained;

    @Option(names = "--sarif", description = "Print a SARIF log.")
    private boolean sarif;

    @Option(names = "--github", description = "Print annotations for GitHub.")
    private boolean github;

    @Override
    public Integer call() {
        if (explained == null) {
            return judge();
        }
        if (choice.isMade() || sarif || github) {
            throw SkeinException.usage(
                    "--explain",
                    "it says what a rule is, and something stands beside it that judges revisions",
                    "Leave that out: skein lint --explain " + explained);
        }
        return explain(RuleExplanation.of(explained));
    }

    private int explain(RuleText text) {
        if (isJson()) {
            out().json(text);
        } else {
            new RuleExplanation(text).plain().lines().forEach(out()::result);
        }
        return 0;
    }

    private int judge() {
        var scripts = project.scripts();
        var ids = scripts.graph().sorted(choice.ids(scripts.graph(), project.folder()));
        var file = project.project();
        var levels = file == null ? Map.<String, LintLevel>of() : file.levels();
        Set<String> off = file == null ? Set.of() : file.off();
        var failing = failing();
        try (var client = CommandClient.take();
                var server = scratch.start(client, file, out());
                var linter =
                        new Linter(
                                server, scripts, scratch.bound(), RuleCatalog.ALL, levels, off)) {
            var findings = sized(client, run(linter, ids));
            print(findings, ids.size());
            var fails = findings.stream().anyMatch(f -> failing.contains(f.level()));
            return fails ? ErrorCode.DIFFERS.exitCode() : 0;
        }
    }

    private List<LintFinding> run(Linter linter, List<String> ids) {
        var count = new AtomicInteger();
        try {
            return linter.run(
                    ids,
                    id ->
                            out().working(
                                            "Revision "
                                                    + id
                                                    + ", "
                                                    + count.incrementAndGet()
                                                    + " of "
                                                    + ids.size()));
        } finally {
            out().worked();
        }
    }

    /** The levels that fail the command. */
    private Set<LintLevel> failing() {
        if (failOn.equals("never")) {
            return Set.of();
        }
        var least =
                ProjectFile.level(failOn)
                        .orElseThrow(() ->
                                SkeinException.usage(
                                        "--fail-on " + failOn,
                                        "there is no such level",
                                        "Known are error, warning, advice, never"));
        return EnumSet.range(least, LintLevel.ERROR);
    }

    private List<LintFinding> sized(PgClient client, List<LintFinding> findings) {
        if (database == null) {
            return findings;
        }
        try (var session = PlaceSession.open(client, project.called(database))) {
            return TableSizes.of(session).withSizes(findings);
        }
    }

    private void print(List<LintFinding> findings, int revisions) {
        var output = new LintOutput(out(), project.folder().path());
        if (isJson()) {
            out().json(findings);
        } else if (sarif) {
            output.sarif(findings, RuleText.ofEveryRule());
        } else if (github) {
            output.github(findings);
        } else {
            output.terminal(findings);
        }
        long errors = findings.stream().filter(f -> f.level() == LintLevel.ERROR).count();
        out().say(
                        revisions
                                + (revisions == 1 ? " revision, " : " revisions, ")
                                + findings.size()
                                + (findings.size() == 1 ? " finding, " : " findings, ")
                                + errors
                                + " of them errors");
    }
}
