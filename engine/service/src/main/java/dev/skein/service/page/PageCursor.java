// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.Json;
import dev.skein.engine.SkeinException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a page ended, as a text that clients hand back unread.
 *
 * @param list of which list
 * @param keys the keys of its last row
 */
public record PageCursor(String list, List<String> keys) {
    public PageCursor {
        keys = List.copyOf(keys);
    }

    public String text() {
        var all = new ArrayList<String>();
        all.add(list);
        all.addAll(keys);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(all));
    }

    /**
     * Reads one.
     *
     * @param keys how many the list has
     * @throws SkeinException if it is none of this list
     */
    public static PageCursor parse(String text, String list, int keys) {
        var all = new ArrayList<String>();
        try {
            var json = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            for (var one : Json.read(json.getBytes(StandardCharsets.UTF_8), JsonNode.class)) {
                all.add(one.asText());
            }
        } catch (IllegalArgumentException | SkeinException e) {
            throw none(text, list, e);
        }
        if (all.size() != keys + 1
                || !all.getFirst().equals(list)
                || all.stream().anyMatch(key -> key.indexOf('\0') >= 0)) {
            throw none(text, list, null);
        }
        return new PageCursor(list, all.subList(1, all.size()));
    }

    /** The keys, which are numbers. */
    public List<Integer> numbers() {
        try {
            return keys.stream().map(Integer::valueOf).toList();
        } catch (NumberFormatException e) {
            throw none(text(), list, e);
        }
    }

    /** One of the keys, which is a number. */
    public long number(int key) {
        try {
            return Long.parseLong(keys.get(key));
        } catch (NumberFormatException e) {
            throw none(text(), list, e);
        }
    }

    private static SkeinException none(String text, String list, @Nullable Exception cause) {
        return new SkeinException(
                ErrorCode.USAGE,
                "Page '" + text + "'",
                "it is no place in the list of " + list,
                "Take the link to the next page as it was answered",
                cause);
    }
}
