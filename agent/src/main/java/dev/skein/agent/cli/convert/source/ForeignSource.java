// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert.source;

import dev.skein.engine.script.ScriptError;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A part of another tool's file.
 *
 * @param line where in the file the text begins, from 1; 0 for a text that the file is not itself,
 *     as the SQL of a program
 * @param text with line feeds alone at its lines' ends
 * @param trouble why it cannot be taken over
 */
public record ForeignSource(Path file, int line, String text, @Nullable ScriptError trouble) {
    public ForeignSource(Path file, int line, String text) {
        this(file, line, text, null);
    }

    /** A whole file; one that cannot be read is told with its migration, not at once. */
    public static ForeignSource of(Path file) {
        try {
            return new ForeignSource(file, 1, ForeignTexts.read(file));
        } catch (ScriptError e) {
            var remedy = e.remedy().isEmpty() ? "Save it as UTF-8, readable for you" : e.remedy();
            return new ForeignSource(
                    file, 1, "", new ScriptError(file.toString(), e.line(), e.found(), remedy));
        }
    }

    /** The same, which cannot be taken over. */
    public ForeignSource withTrouble(int inText, String found, String remedy) {
        return new ForeignSource(file, line, text, error(inText, found, remedy));
    }

    public ForeignSource withText(String other) {
        return new ForeignSource(file, line, other, trouble);
    }

    /** The file's line of a line of this text. */
    public int lineOf(int inText) {
        return line == 0 || inText == 0 ? 0 : line + inText - 1;
    }

    /**
     * An error about a line of this text.
     *
     * @param inText from 1; 0 for the file as a whole
     */
    public ScriptError error(int inText, String found, String remedy) {
        return new ScriptError(file.toString(), lineOf(inText), found, remedy);
    }
}
