// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The texts in a source of Java that say what one can type. */
final class SourceTexts {
    private static final Pattern BLOCK = Pattern.compile("\"\"\"[\\s\\S]*?\"\"\"");
    private static final Pattern QUOTE = Pattern.compile("'\\\\?\"'");
    private static final Pattern JOINT = Pattern.compile("\"\\s*\\+\\s*\"");
    private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");

    /** In a sentence, or a line of an example; a text that begins so is a program's own name. */
    private static final Pattern COMMAND =
            Pattern.compile("(?<=[^\\w./-])(?<!\\('|application '|by )skein (?=[a-z])([^;|&>]*)");

    /** Where a sentence goes on, or what stands beside a command. */
    private static final Pattern END = Pattern.compile("[.,:')](?=\\s|$|;|\\))|  |\\)|\\$\\(");

    private SourceTexts() {}

    /** What each command in a source says, as far as it goes. */
    static List<String> commands(Path source) throws IOException {
        return commands(Files.readString(source));
    }

    /** The same of its text. */
    static List<String> commands(String source) {
        var plain = QUOTE.matcher(BLOCK.matcher(source).replaceAll("\"\"")).replaceAll("");
        var whole = JOINT.matcher(plain).replaceAll("");
        var found = new ArrayList<String>();
        for (var text : TEXT.matcher(whole).results().map(m -> m.group(1)).toList()) {
            for (var command : COMMAND.matcher(text.replace("\\\"", "\"")).results().toList()) {
                found.add(END.split(command.group(), 2)[0]);
            }
        }
        return found;
    }
}
