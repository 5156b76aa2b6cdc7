// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What an entry of the log says, as lines that nothing in it can break out of. */
final class EntryText {
    private EntryText() {}

    static List<String> lines(JsonNode says) {
        return says.properties().stream()
                .map(p -> "  %-12s %s".formatted(escaped(p.getKey()), words(p.getValue())))
                .toList();
    }

    private static String words(JsonNode value) {
        var plain = value.isTextual() && isPlain(value.asText());
        return plain ? value.asText() : escaped(value.toString());
    }

    /** JSON without the controls that it leaves as they are. */
    static String escaped(String json) {
        var text = new StringBuilder();
        json.chars()
                .forEach(c ->
                        text.append(
                                Character.isISOControl(c)
                                        ? "\\u%04x".formatted(c)
                                        : String.valueOf((char) c)));
        return text.toString();
    }

    private static boolean isPlain(String text) {
        return text.chars().noneMatch(Character::isISOControl);
    }
}
