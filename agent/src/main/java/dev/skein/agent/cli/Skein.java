// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli;

import dev.skein.agent.cli.fleet.LoginCommand;
import dev.skein.agent.cli.fleet.PushCommand;
import dev.skein.agent.cli.fleet.RolloutCommand;
import dev.skein.agent.cli.fleet.StatusCommand;
import dev.skein.agent.cli.fleet.TargetsCommand;
import dev.skein.agent.cli.local.AdoptCommand;
import dev.skein.agent.cli.local.CurrentCommand;
import dev.skein.agent.cli.local.DowngradeCommand;
import dev.skein.agent.cli.local.HeadsCommand;
import dev.skein.agent.cli.local.HistoryCommand;
import dev.skein.agent.cli.local.InitCommand;
import dev.skein.agent.cli.local.MergeCommand;
import dev.skein.agent.cli.local.RevisionCommand;
import dev.skein.agent.cli.local.StampCommand;
import dev.skein.agent.cli.local.UpgradeCommand;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program. Exit codes: see {@link ErrorCode}. */
@Command(
        name = "skein",
        mixinStandardHelpOptions = true,
        version = "skein 0.1.0",
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        description =
                "Migrates PostgreSQL databases: one from here, a fleet through its control plane.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed",
            "2:wrong usage, or a wrong file; nothing was started",
            "3:a database is behind",
            "4:a database differs",
            "130:interrupted"
        },
        subcommands = {
            InitCommand.class,
            RevisionCommand.class,
            MergeCommand.class,
            UpgradeCommand.class,
            DowngradeCommand.class,
            CurrentCommand.class,
            HistoryCommand.class,
            HeadsCommand.class,
            StampCommand.class,
            AdoptCommand.class,
            LoginCommand.class,
            PushCommand.class,
            TargetsCommand.class,
            StatusCommand.class,
            RolloutCommand.class,
        })
public final class Skein {
    private final Out out;

    public Skein(Out out) {
        this.out = out;
    }

    public static void main(String[] args) {
        System.exit(run(Out.system(), args));
    }

    /** Runs one command; gives its exit code. */
    public static int run(Out out, String... args) {
        var line = new CommandLine(new Skein(out));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUnmatchedOptionsArePositionalParams(false);
        line.setExecutionExceptionHandler((e, command, result) -> failed(out, e));
        line.setParameterExceptionHandler((e, words) -> misused(out, e));
        if (args.length == 0) {
            line.usage(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
            return ErrorCode.USAGE.exitCode();
        }
        return line.execute(args);
    }

    private static int failed(Out out, Exception e) throws Exception {
        if (e instanceof SkeinException known) {
            return report(out, known);
        }
        throw e; // a mistake of ours: picocli prints it whole
    }

    private static int report(Out out, SkeinException e) {
        out.say(out.bad("Error: ") + out.strong(e.subject()) + ": " + e.found());
        if (!e.remedy().isEmpty()) {
            out.say("  " + e.remedy());
        }
        return e.code().exitCode();
    }

    private static int misused(Out out, CommandLine.ParameterException e) {
        out.say(out.bad("Error: ") + e.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(
                e, new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        out.say("  Help: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return ErrorCode.USAGE.exitCode();
    }

    /** Where this run writes. */
    public Out out() {
        return out;
    }
}
