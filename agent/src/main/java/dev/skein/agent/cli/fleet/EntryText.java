// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What an entry of the log says, as lines that nothing in it can break out of. */
final class EntryText {
    private EntryText() {}

    static List<String> lines(JsonNode says) {
        return says.properties().stream()
                .map(p -> "  %-12s %s".formatted(plain(p.getKey()), words(p.getValue())))
                .toList();
    }

    private static String words(JsonNode value) {
        return value.isTextual() && isPlain(value.asText()) ? value.asText() : value.toString();
    }

    private static String plain(String name) {
        return isPlain(name) ? name : "?";
    }

    private static boolean isPlain(String text) {
        return text.chars().noneMatch(Character::isISOControl);
    }
}
