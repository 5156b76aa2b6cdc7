// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.engine.Digests;
import dev.skein.engine.Json;
import dev.skein.engine.SkeinException;
import org.jspecify.annotations.Nullable;

/** What an exported entry says of itself, held against where it stands and what stands with it. */
final class Sayings {
    private Sayings() {}

    /** What does not agree, in words; null where everything does. */
    static @Nullable String contradiction(
            ExportLine line, String source, long seq, byte[] envelope) {
        JsonNode says;
        try {
            says = Json.read(envelope, JsonNode.class);
        } catch (SkeinException e) {
            return "its envelope cannot be read";
        }
        var own =
                !source.startsWith("db/")
                        ? says.path("stream").asText()
                        : "db/"
                                + says.path("uid").asText()
                                + "/"
                                + says.path("incarnation").asText();
        var number = says.path("seq").asLong();
        return own.equals(source) && number == seq
                ? body(line, hash(says))
                : "it says that it is " + own + " " + number;
    }

    private static String hash(JsonNode says) {
        return says.path("bodyHash").asText("");
    }

    private static @Nullable String body(ExportLine line, String hash) {
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

    /** Whether it had a body that is not there; of an entry that does not contradict itself. */
    static boolean lacksBody(ExportLine line, byte[] envelope) {
        return line.body() == null && !hash(Json.read(envelope, JsonNode.class)).isEmpty();
    }
}
