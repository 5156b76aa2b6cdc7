// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Looks up, in the parser's model and in the launcher, what pages say that one can type. */
final class PaperCommands {
    private static final Pattern COMMAND = Pattern.compile("(?<![\\w./-])(?:\\./)?skein (?=\\S)");
    private static final Pattern WORD = Pattern.compile("\"[^\"]*\"|'[^']*'|\\S+");
    private static final Pattern PLACEHOLDER = Pattern.compile("[A-Z]{2,}|…");

    /** Where a command ends and the shell, a comment or a picture goes on. */
    private static final Pattern END = Pattern.compile("[|>;&─].*|\\$\\(.*|\\)");

    private static final Pattern COMMENT = Pattern.compile("(^|\\s)#.*");

    /** The launcher's own words stand at the margin of its last case. */
    private static final Pattern LAUNCHED =
            Pattern.compile("(?m)^    ([a-z]+(?: \\| [a-z]+)*)\\)$");

    /** The launcher hands on what stands behind it. */
    private static final String TO_MAVEN = "test";

    private final CommandLine line;
    private final String launcher;
    private final Set<String> launched;

    /**
     * @param launcher the text of the launcher, and of what it starts by itself
     */
    PaperCommands(CommandLine line, String launcher) {
        this.line = line;
        this.launcher = launcher;
        var words =
                LAUNCHED.matcher(launcher.substring(launcher.indexOf("\ncase ${1:-} in")))
                        .results()
                        .flatMap(found -> List.of(found.group(1).split(" \\| ")).stream())
                        .toList();
        this.launched = Set.copyOf(words);
    }

    /** What is wrong with the commands in a piece of code. */
    List<String> complaints(String code) {
        var found = new ArrayList<String>();
        var text = COMMENT.matcher(code).replaceFirst("");
        var commands = COMMAND.matcher(text);
        while (commands.find()) {
            var words = words(text.substring(commands.end()));
            if (!words.isEmpty()) {
                complaint(words).ifPresent(what -> found.add(code + ": " + what));
            }
        }
        return found;
    }

    /**
     * What is wrong with a command in a sentence, which may go on behind it: its words, its
     * options, and that it has what it needs once it has an option.
     */
    Optional<String> complaintInSentence(String command) {
        var words = words(COMMAND.matcher(command).replaceFirst(""));
        var at = line;
        var options = 0;
        var arguments = command.endsWith(" ") ? 1 : 0;
        for (int n = 0; n < words.size(); n++) {
            var word = words.get(n);
            var below = at.getSubcommands().get(word);
            if (below != null) {
                at = below;
            } else if (!isOption(word) && at.getSubcommands().isEmpty()) {
                arguments++;
            } else if (!isOption(word)) {
                var isLauncher = n == 0 && launched.contains(word);
                return isLauncher || !word.matches("[a-z-]+")
                        ? Optional.empty()
                        : Optional.of("there is no '" + word + "'");
            } else if (!isKnown(at.getCommandSpec(), name(word))) {
                return Optional.of("there is no option " + word);
            } else {
                options++;
                n += takesNext(at.getCommandSpec(), word) ? 1 : 0;
            }
        }
        var needs =
                at.getCommandSpec().positionalParameters().stream()
                        .anyMatch(p -> p.arity().min() > 0);
        return needs && options > 0 && arguments == 0
                ? Optional.of("what it is about is not said")
                : Optional.empty();
    }

    private Optional<String> complaint(List<String> words) {
        if (!launched.contains(words.getFirst())) {
            return parsed(words);
        }
        if (words.getFirst().equals(TO_MAVEN)) {
            return Optional.empty();
        }
        return words.stream()
                .filter(word -> word.startsWith("--") && !isLaunched(word))
                .findFirst()
                .map(word -> "the launcher has no option " + word);
    }

    /** Whether an option stands in the launcher, or in what it starts. */
    private boolean isLaunched(String option) {
        return Pattern.compile("(?<![\\w-])" + option + "(?![\\w-])").matcher(launcher).find();
    }

    private static List<String> words(String text) {
        var words = new ArrayList<String>();
        for (var match : WORD.matcher(text).results().toList()) {
            var word = match.group();
            if (END.matcher(word).matches()) {
                break;
            }
            words.add(word.endsWith(")") ? word.substring(0, word.length() - 1) : word);
        }
        return words;
    }

    private Optional<String> parsed(List<String> words) {
        var at = line;
        for (int n = 0; n < words.size(); n++) {
            var word = words.get(n);
            var below = at.getSubcommands().get(word);
            if (below != null) {
                at = below;
            } else if (PLACEHOLDER.matcher(word).matches()) {
                if (at.getCommandSpec().parent() == null) {
                    return Optional.empty(); // any command
                }
            } else if (!isOption(word)) {
                if (at.getCommandSpec().positionalParameters().isEmpty()) {
                    return Optional.of("there is no '" + word + "'");
                }
            } else if (!isKnown(at.getCommandSpec(), name(word))) {
                return Optional.of("there is no option " + word);
            } else if (takesNext(at.getCommandSpec(), word)) {
                n++;
            }
        }
        return Optional.empty();
    }

    /** A number with its sign is a step in the graph. */
    private static boolean isOption(String word) {
        return word.startsWith("-") && !word.matches("-\\d+");
    }

    private static String name(String word) {
        return word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
    }

    private static boolean isKnown(CommandSpec spec, String name) {
        return spec.findOption(name) != null || spec.negatedOptionsMap().containsKey(name);
    }

    private static boolean takesNext(CommandSpec spec, String word) {
        var option = spec.findOption(word);
        return option != null && option.arity().min() > 0;
    }

    /** Whether any command has an option. */
    boolean isKnown(String option) {
        return isKnown(line, option) || isLaunched(option);
    }

    private static boolean isKnown(CommandLine at, String option) {
        return isKnown(at.getCommandSpec(), option)
                || at.getSubcommands().values().stream().anyMatch(below -> isKnown(below, option));
    }
}
