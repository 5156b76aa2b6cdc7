// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.postgres;

import dev.skein.engine.SkeinException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Texts that are stored as they are, or not at all. A Java text may hold half of a character (a
 * surrogate without its other one); UTF-8 has no bytes for it, and an encoder writes a question
 * mark without a word.
 */
public final class WholeText {
    private WholeText() {}

    /**
     * Gives a statement's parameters back.
     *
     * @throws SkeinException where a text among them cannot be stored as it is
     */
    public static @Nullable Object[] of(@Nullable Object... parameters) {
        for (var parameter : parameters) {
            if (parameter instanceof Object[] several) {
                for (var one : several) {
                    check(one);
                }
            } else {
                check(parameter);
            }
        }
        return parameters;
    }

    private static void check(@Nullable Object parameter) {
        if (parameter instanceof String text) {
            whole(text);
        }
    }

    private static void whole(String text) {
        int c;
        for (int i = 0; i < text.length(); i += Character.charCount(c)) {
            c = text.codePointAt(i); // of half a character, the half
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                throw SkeinException.failed(
                        "A text",
                        "it holds U+%s, half of a character, which nobody can store"
                                .formatted("%04x".formatted(c).toUpperCase(Locale.ROOT)),
                        "Send whole characters");
            }
        }
    }
}
