// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.engine.Digests;
import dev.skein.engine.Json;
import dev.skein.engine.SkeinException;
import org.jspecify.annotations.Nullable;

/** What an exported entry says of itself, held against where it stands and what stands with it. */
record Sayings(JsonNode says) {
    /** Reads an envelope; null where it cannot be read. */
    static @Nullable Sayings of(byte[] envelope) {
        try {
            return new Sayings(Json.read(envelope, JsonNode.class));
        } catch (SkeinException e) {
            return null;
        }
    }

    /** What does not agree, in words; null where everything does. */
    @Nullable String contradiction(ExportLine line, String source, long seq) {
        var own =
                !source.startsWith("db/")
                        ? text("stream")
                        : "db/" + text("uid") + "/" + text("incarnation");
        var number = says.path("seq").asLong();
        return own.equals(source) && number == seq
                ? body(line)
                : "it says that it is " + own + " " + number;
    }

    private String text(String field) {
        return says.path(field).asText("");
    }

    private @Nullable String body(ExportLine line) {
        var hash = text("bodyHash");
        var salt = line.salt();
        var body = line.body();
        if (hash.isEmpty()) {
            return salt == null && body == null ? null : "it has no body, and one is there";
        }
        if (salt == null || body == null) {
            return body == null ? null : "its body cannot be verified";
        }
        var fits = Digests.hex(Digests.sha256(salt, body)).equals(hash);
        return fits ? null : "its body is another one";
    }

    /** Whether it had a body that is not there. */
    boolean lacksBody(ExportLine line) {
        return line.body() == null && !text("bodyHash").isEmpty();
    }
}
