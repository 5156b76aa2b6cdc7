// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.log;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.engine.Json;
import dev.skein.engine.SkeinException;
import dev.skein.engine.journal.Envelope;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an entry is searched by. It is read from the envelope and proves nothing.
 *
 * @param kind of the entry; empty where it does not say
 */
public record EntryFacet(
        String kind,
        @Nullable String uid,
        @Nullable String rollout,
        @Nullable String revision,
        @Nullable String actor,
        @Nullable OffsetDateTime at) {
    private static final String ROLLOUT = "rollout/";
    private static final List<String> DATABASES = List.of("drift/", "database/");
    private static final int LONGEST = 200;
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");
    private static final EntryFacet NONE = new EntryFacet("", null, null, null, null, null);

    /** An envelope that nobody understands is kept like any other, and found by its index. */
    public static EntryFacet of(byte[] envelope) {
        try {
            return of(Json.read(envelope, JsonNode.class));
        } catch (SkeinException e) {
            return NONE;
        }
    }

    private static EntryFacet of(JsonNode says) {
        var stream = says.path("stream").asText("");
        var rollout =
                stream.startsWith(ROLLOUT)
                        ? stream.substring(ROLLOUT.length())
                        : text(says, "rollout");
        return new EntryFacet(
                clipped(says.path("kind").asText(says.path("type").asText(""))),
                uid(says, stream),
                clippedOrNull(rollout),
                text(says, "revision"),
                text(says, "actor"),
                at(says.path("at").asText("")));
    }

    /** The database that an entry is about; what is decided on it has it in its stream. */
    private static @Nullable String uid(JsonNode says, String stream) {
        for (var kind : DATABASES) {
            if (stream.startsWith(kind)) {
                return clipped(stream.substring(kind.length()));
            }
        }
        return text(says, "uid");
    }

    /** The same of a journal's entry that was read before. */
    public static EntryFacet of(Envelope says) {
        return new EntryFacet(
                says.kind().wire(),
                clipped(says.uid()),
                clippedOrNull(says.rollout()),
                clippedOrNull(says.revision()),
                clipped(says.actor()),
                at(says.at()));
    }

    private static @Nullable String text(JsonNode says, String name) {
        var value = says.path(name);
        return value.isTextual() ? clipped(value.asText()) : null;
    }

    private static @Nullable String clippedOrNull(@Nullable String text) {
        return text == null ? null : clipped(text);
    }

    /**
     * What an index takes, whatever somebody sent: a text to search by is short, and has a question
     * mark for half of a character. The entry keeps it as it came.
     */
    private static String clipped(String text) {
        var clean = text.replace("\0", "");
        var brief = clean.length() > LONGEST ? clean.substring(0, LONGEST) : clean;
        return new String(brief.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static @Nullable OffsetDateTime at(String text) {
        try {
            var at = Instant.parse(text);
            return at.isBefore(EARLIEST) || at.isAfter(LATEST) ? null : at.atOffset(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
