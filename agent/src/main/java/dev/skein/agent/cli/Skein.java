// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli;

import dev.skein.agent.cli.common.CommandRoot;
import dev.skein.agent.cli.common.Output;
import dev.skein.agent.cli.common.WholeNumber;
import dev.skein.agent.cli.fleet.AgentsCommand;
import dev.skein.agent.cli.fleet.BackupCommand;
import dev.skein.agent.cli.fleet.LoginCommand;
import dev.skein.agent.cli.fleet.PushCommand;
import dev.skein.agent.cli.fleet.StatusCommand;
import dev.skein.agent.cli.fleet.TargetsCommand;
import dev.skein.agent.cli.fleet.audit.AuditCommand;
import dev.skein.agent.cli.fleet.control.ControlCommand;
import dev.skein.agent.cli.fleet.drift.DriftCommand;
import dev.skein.agent.cli.fleet.rollout.RolloutCommand;
import dev.skein.agent.cli.graph.BranchesCommand;
import dev.skein.agent.cli.graph.HeadsCommand;
import dev.skein.agent.cli.graph.HistoryCommand;
import dev.skein.agent.cli.graph.ShowCommand;
import dev.skein.agent.cli.place.CommandClient;
import dev.skein.agent.cli.run.AdoptCommand;
import dev.skein.agent.cli.run.CurrentCommand;
import dev.skein.agent.cli.run.DowngradeCommand;
import dev.skein.agent.cli.run.EnsureVersionCommand;
import dev.skein.agent.cli.run.StampCommand;
import dev.skein.agent.cli.run.UpgradeCommand;
import dev.skein.agent.cli.trial.CheckCommand;
import dev.skein.agent.cli.trial.DiffCommand;
import dev.skein.agent.cli.trial.LintCommand;
import dev.skein.agent.cli.trial.RehearseCommand;
import dev.skein.agent.cli.write.EditCommand;
import dev.skein.agent.cli.write.ImportCommand;
import dev.skein.agent.cli.write.InitCommand;
import dev.skein.agent.cli.write.MergeCommand;
import dev.skein.agent.cli.write.RevisionCommand;
import dev.skein.engine.ClassResources;
import dev.skein.engine.ErrorCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program. Exit codes: see {@link ErrorCode}. */
@Command(
        name = "skein",
        mixinStandardHelpOptions = true,
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
            "4:something differs, or a check found something",
            "130:interrupted"
        },
        footer = {
            "",
            "Environment: PGPASSWORD, PGPASSFILE (~/.pgpass), PGHOST, PGPORT, PGUSER, PGDATABASE,"
                    + " PGSSLMODE, PGSSLROOTCERT, PGOPTIONS, PGSERVICE and PGSERVICEFILE fill in"
                    + " what a database's url leaves out, as with psql. NO_COLOR, SKEIN_HOME,"
                    + " SKEIN_STACKTRACE=1 (where in Skein an unexpected error arose)."
        })
public final class Skein implements CommandRoot {
    /** In the order of the help. */
    private static final Map<String, Class<?>> COMMANDS = commands();

    /** Commands that will need a database at once. */
    private static final Set<String> DATABASE =
            Set.of("current", "upgrade", "downgrade", "stamp", "check");

    private static final int HELP_WIDTH = 80;

    private final Output out;

    public Skein(Output out) {
        this.out = out;
    }

    private static Map<String, Class<?>> commands() {
        var commands = new LinkedHashMap<String, Class<?>>();
        commands.put("init", InitCommand.class);
        commands.put("revision", RevisionCommand.class);
        commands.put("merge", MergeCommand.class);
        commands.put("upgrade", UpgradeCommand.class);
        commands.put("downgrade", DowngradeCommand.class);
        commands.put("current", CurrentCommand.class);
        commands.put("history", HistoryCommand.class);
        commands.put("heads", HeadsCommand.class);
        commands.put("branches", BranchesCommand.class);
        commands.put("show", ShowCommand.class);
        commands.put("edit", EditCommand.class);
        commands.put("check", CheckCommand.class);
        commands.put("diff", DiffCommand.class);
        commands.put("lint", LintCommand.class);
        commands.put("rehearse", RehearseCommand.class);
        commands.put("stamp", StampCommand.class);
        commands.put("ensure-version", EnsureVersionCommand.class);
        commands.put("adopt", AdoptCommand.class);
        commands.put("import", ImportCommand.class);
        commands.put("login", LoginCommand.class);
        commands.put("push", PushCommand.class);
        commands.put("targets", TargetsCommand.class);
        commands.put("agents", AgentsCommand.class);
        commands.put("status", StatusCommand.class);
        commands.put("rollout", RolloutCommand.class);
        commands.put("backup", BackupCommand.class);
        commands.put("drift", DriftCommand.class);
        commands.put("audit", AuditCommand.class);
        commands.put("control", ControlCommand.class);
        commands.put("completion", CompletionCommand.class);
        commands.put("help", HelpCommand.class);
        return commands;
    }

    /** The parser with the commands that these words may mean: reading all of them takes time. */
    private static CommandLine parser(Output out, String... args) {
        var line = new CommandLine(new Skein(out));
        var meant = args.length == 0 ? null : COMMANDS.get(args[0]);
        if (meant != null) {
            line.addSubcommand(args[0], meant);
        } else {
            COMMANDS.forEach(line::addSubcommand);
        }
        line.setOut(out.results());
        line.setErr(out.talk());
        line.setUsageHelpWidth(out.width(HELP_WIDTH));
        versions(line);
        return line;
    }

    /** As the build has it; whether it is a release is no concern of whoever asks. */
    private static String version() {
        var version = ClassResources.text(Skein.class, "version.txt").strip();
        return "skein " + version.replace("-SNAPSHOT", "");
    }

    /** Every command knows the program's version. */
    private static void versions(CommandLine line) {
        line.getCommandSpec().versionProvider(() -> new String[] {version()});
        line.getSubcommands().values().forEach(Skein::versions);
    }

    /** The parser with all commands. */
    static CommandLine whole(Output out) {
        return parser(out, "");
    }

    public static void main(String[] args) {
        if (args.length > 0 && DATABASE.contains(args[0]) && !List.of(args).contains("--help")) {
            CommandClient.begin();
        }
        var out = Output.system();
        var rim = new ProgramEnd(out);
        rim.guardThreads();
        System.exit(rim.run(() -> run(out, args)));
    }

    /** Runs one command; gives its exit code. */
    public static int run(Output out, String... args) {
        var line = parser(out, args);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUnmatchedOptionsArePositionalParams(false);
        line.registerConverter(int.class, WholeNumber::ofInt);
        line.registerConverter(Integer.class, WholeNumber::ofInt);
        line.registerConverter(long.class, WholeNumber::ofLong);
        line.registerConverter(Long.class, WholeNumber::ofLong);
        line.setExecutionExceptionHandler((e, command, result) -> new ProgramEnd(out).report(e));
        line.setParameterExceptionHandler((e, words) -> misused(out, e));
        if (args.length == 0) {
            line.usage(line.getOut());
            return ErrorCode.USAGE.exitCode();
        }
        return line.execute(args);
    }

    private static int misused(Output out, CommandLine.ParameterException e) {
        out.say(out.bad("Error: ") + e.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(e, out.talk());
        out.say("  Help: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return ErrorCode.USAGE.exitCode();
    }

    /** Where this run writes. */
    @Override
    public Output out() {
        return out;
    }
}
