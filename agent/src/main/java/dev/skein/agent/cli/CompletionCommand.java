// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.engine.SkeinException;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;

/** {@code skein completion SHELL}. */
@Command(
        name = "completion",
        description = "Print a completion script for a shell.",
        footer = {
            "",
            "  bash: source <(skein completion bash)",
            "  zsh:  source <(skein completion zsh)",
            "  fish: skein completion fish | source"
        })
final class CompletionCommand extends BaseCommand {
    @Parameters(
            paramLabel = "SHELL",
            arity = "0..1",
            description = "bash, zsh or fish (default: what SHELL says).")
    private @Nullable String shell;

    @Override
    public Integer call() {
        var line = Skein.whole(out());
        var name = shell == null ? guess(System.getenv("SHELL")) : shell;
        switch (name) {
            case "bash" -> out().result(AutoComplete.bash("skein", line));
            case "zsh" -> {
                out().result("autoload -U +X compinit && compinit");
                out().result("autoload -U +X bashcompinit && bashcompinit");
                out().result(AutoComplete.bash("skein", line));
            }
            case "fish" -> {
                out().result("complete -c skein -f");
                fish(line.getCommandSpec(), "__fish_use_subcommand");
            }
            default ->
                    throw SkeinException.usage(
                            "Shell '" + name + "'", "it is not known", "Say bash, zsh or fish");
        }
        return 0;
    }

    /** The login shell's name. */
    static String guess(@Nullable String login) {
        if (login == null || login.isBlank()) {
            throw SkeinException.usage(
                    "Shell", "the variable SHELL does not say which", "Say bash, zsh or fish");
        }
        return login.substring(login.lastIndexOf('/') + 1);
    }

    private void fish(CommandSpec spec, String where) {
        for (var sub : spec.subcommands().values()) {
            var name = sub.getCommandSpec().name();
            line(where, "-a " + name, description(sub));
            var seen = "__fish_seen_subcommand_from " + name;
            sub.getCommandSpec().options().forEach(option -> fish(option, seen));
            var subs = sub.getCommandSpec().subcommands();
            if (!subs.isEmpty()) {
                fish(sub.getCommandSpec(), seen);
            }
        }
    }

    private void fish(OptionSpec option, String where) {
        var takes = option.arity().max() > 0 ? " -r" : "";
        for (var text : option.names()) {
            var flag =
                    text.startsWith("--") ? "-l " + text.substring(2) : "-s " + text.substring(1);
            line(where, flag + takes, String.join(" ", option.description()));
        }
    }

    private static String description(CommandLine sub) {
        return String.join(" ", sub.getCommandSpec().usageMessage().description());
    }

    private void line(String where, String what, String description) {
        var text = description.replace("'", "\\'");
        out().result("complete -c skein -n '" + where + "' " + what + " -d '" + text + "'");
    }
}
