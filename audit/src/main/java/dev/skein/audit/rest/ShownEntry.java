// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.skein.audit.log.LogSearch;
import dev.skein.engine.Json;
import dev.skein.engine.SkeinException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An entry as shown.
 *
 * @param database whose it is, as site/name, as far as that is known
 * @param says what its envelope says
 * @param body SQL or error text, where it is one
 */
public record ShownEntry(
        long index,
        String source,
        @Nullable String database,
        long seq,
        JsonNode says,
        @Nullable String body) {
    private static JsonNode says(byte[] envelope) {
        try {
            return Json.read(envelope, JsonNode.class);
        } catch (SkeinException e) {
            return TextNode.valueOf(new String(envelope, StandardCharsets.UTF_8));
        }
    }

    static ShownEntry of(LogSearch.Entry entry, Map<String, String> names, boolean whole) {
        var body = entry.body();
        return new ShownEntry(
                entry.index(),
                entry.source(),
                names.get(entry.uid()),
                entry.seq(),
                says(entry.envelope()),
                whole && body != null ? new String(body, StandardCharsets.UTF_8) : null);
    }
}
