// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli;

import dev.skein.engine.SkeinException;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
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
    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
    private String shell;

    @Override
    public Integer call() {
        var line = Skein.whole(out());
        switch (shell) {
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
                            "Shell '" + shell + "'", "it is not known", "Say bash, zsh or fish");
        }
        return 0;
    }

    private void fish(CommandSpec spec, String where) {
        for (var sub : spec.subcommands().values()) {
            var name = sub.getCommandSpec().name();
            line(where, "-a " + name, description(sub));
            var seen = "__fish_seen_subcommand_from " + name;
            for (var option : sub.getCommandSpec().options()) {
                for (var text : option.names()) {
                    var flag =
                            text.startsWith("--")
                                    ? "-l " + text.substring(2)
                                    : "-s " + text.substring(1);
                    var takes = option.arity().max() > 0 ? " -r" : "";
                    line(seen, flag + takes, String.join(" ", option.description()));
                }
            }
            var subs = sub.getCommandSpec().subcommands();
            if (!subs.isEmpty()) {
                fish(sub.getCommandSpec(), seen);
            }
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
