// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.engine.SkeinException;
import dev.skein.engine.revision.SimilarWords;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code skein help COMMAND…}: what {@code skein COMMAND… --help} says. */
@Command(name = "help", description = "Show the help of a command: skein help rollout create.")
final class HelpCommand extends BaseCommand {
    @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "Its words.")
    private List<String> words = new ArrayList<>();

    @Override
    public Integer call() {
        var line = Skein.whole(out());
        var path = new ArrayList<>(List.of("skein"));
        for (var word : words) {
            line = sub(line, word, String.join(" ", path));
            path.add(word);
        }
        line.usage(line.getOut());
        return 0;
    }

    private static CommandLine sub(CommandLine line, String word, String path) {
        var found = line.getSubcommands().get(word);
        if (found == null) {
            var known = line.getSubcommands().keySet();
            throw SkeinException.usage(
                    "Help",
                    "'" + path + "' has no command '" + word + "'" + SimilarWords.to(word, known),
                    known.isEmpty() ? path + " --help" : "It has: " + String.join(", ", known));
        }
        return found;
    }
}
