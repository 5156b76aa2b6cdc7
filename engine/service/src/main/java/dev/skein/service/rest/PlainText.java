// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.engine.SkeinException;
import java.util.Locale;

/**
 * What may come in as a text, through whichever door: so long, in Unicode, and without control
 * characters. PostgreSQL takes no NUL, a log and a terminal no others than the ends of lines.
 */
public final class PlainText {
    /** In characters. */
    public static final int LONGEST = 4_000;

    private PlainText() {}

    /**
     * Checks a text.
     *
     * @param what its name, for the one who sent it
     * @throws SkeinException naming it and what is wrong with it
     */
    public static void check(String what, String text) {
        if (text.length() > LONGEST) {
            throw SkeinException.usage(
                    "Request",
                    "%s has %d characters".formatted(what, text.length()),
                    "Send at most " + LONGEST);
        }
        text.codePoints()
                .filter(PlainText::isNoText)
                .findFirst()
                .ifPresent(c -> {
                    throw SkeinException.usage(
                            "Request",
                            what + " holds U+" + hex(c) + ", which is no text",
                            "Send it without control characters");
                });
    }

    /** Checks every text and every key of a document. */
    public static void check(JsonNode json) {
        json.properties()
                .forEach(field -> {
                    check("a key", field.getKey());
                    if (field.getValue().isTextual()) {
                        check(field.getKey(), field.getValue().asText());
                    }
                    check(field.getValue());
                });
        if (json.isArray()) {
            json.forEach(item -> {
                if (item.isTextual()) {
                    check("an item", item.asText());
                }
                check(item);
            });
        }
    }

    private static boolean isNoText(int c) {
        var isControl = Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t';
        return isControl || Character.getType(c) == Character.SURROGATE;
    }

    private static String hex(int c) {
        return "%04x".formatted(c).toUpperCase(Locale.ROOT);
    }
}
