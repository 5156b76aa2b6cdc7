// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.proof;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.skein.engine.Digests;
import dev.skein.engine.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an exported entry says of itself, held against where it stands and what stands with it. What
 * it does not say is empty.
 */
final class EnvelopeClaims implements PlainEnvelope.Ear {
    private static final String SEQ = "seq";
    private static final List<String> NAMES =
            List.of(SEQ, "uid", "kind", "stream", "bodyHash", "incarnation");

    /** The same as bytes. */
    private static final byte[][] WRITTEN =
            NAMES.stream()
                    .map(name -> name.getBytes(StandardCharsets.US_ASCII))
                    .toArray(byte[][]::new);

    private String stream = "";
    private String uid = "";
    private String incarnation = "";
    private String bodyHash = "";
    private String kind = "";
    private long seq;

    private EnvelopeClaims() {}

    /** Reads an envelope; null where it cannot be read. */
    static @Nullable EnvelopeClaims of(byte[] envelope) {
        var plain = new EnvelopeClaims();
        return PlainEnvelope.read(envelope, plain) ? plain : parsed(envelope);
    }

    private static @Nullable EnvelopeClaims parsed(byte[] envelope) {
        var says = new EnvelopeClaims();
        try (var parser = Json.mapper().getFactory().createParser(envelope)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                says.hear(parser);
            }
            return says;
        } catch (IOException e) {
            return null;
        }
    }

    private void hear(JsonParser parser) throws IOException {
        var name = parser.currentName();
        parser.nextToken();
        if (name.equals(SEQ)) {
            seq = parser.getValueAsLong();
        } else if (NAMES.contains(name)) {
            keep(name, parser.getValueAsString(""));
        }
        parser.skipChildren();
    }

    @Override
    public @Nullable String known(byte[] json, int from, int to) {
        for (int n = 0; n < WRITTEN.length; n++) {
            var name = WRITTEN[n];
            if (to - from == name.length && Arrays.equals(json, from, to, name, 0, name.length)) {
                return NAMES.get(n);
            }
        }
        return null;
    }

    @Override
    public boolean text(String name, String value) {
        if (name.equals(SEQ)) {
            return false;
        }
        keep(name, value);
        return true;
    }

    @Override
    public boolean number(String name, long value) {
        seq = value;
        return name.equals(SEQ);
    }

    private void keep(String name, String text) {
        switch (name) {
            case "stream" -> stream = text;
            case "uid" -> uid = text;
            case "incarnation" -> incarnation = text;
            case "kind" -> kind = text;
            case "bodyHash" -> bodyHash = text;
            default -> throw new IllegalArgumentException(name);
        }
    }

    /** The kind of entry, in the journal's words. */
    String kind() {
        return kind;
    }

    /** Whose journal it is of. */
    String uid() {
        return uid;
    }

    /** What does not agree, in words; null where everything does. */
    @Nullable String contradiction(ExportLine line, String source, long number) {
        return isOf(source) && number == seq ? body(line) : "it says that it is " + own(source);
    }

    private boolean isOf(String source) {
        return source.startsWith("db/")
                ? source.length() == 4 + uid.length() + incarnation.length()
                        && source.startsWith(uid, 3)
                        && source.charAt(3 + uid.length()) == '/'
                        && source.endsWith(incarnation)
                : source.equals(stream);
    }

    private String own(String source) {
        return (source.startsWith("db/") ? "db/" + uid + "/" + incarnation : stream) + " " + seq;
    }

    private @Nullable String body(ExportLine line) {
        var salt = line.salt();
        var body = line.body();
        if (bodyHash.isEmpty()) {
            return salt == null && body == null ? null : "it has no body, and one is there";
        }
        if (salt == null || body == null) {
            return body == null ? null : "its body cannot be verified";
        }
        var fits = Digests.hex(Digests.sha256(salt, body)).equals(bodyHash);
        return fits ? null : "its body is another one";
    }

    /** Whether it had a body that is not there. */
    boolean lacksBody(ExportLine line) {
        return line.body() == null && !bodyHash.isEmpty();
    }
}
