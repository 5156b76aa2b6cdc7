// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.log;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.engine.Json;
import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.Db;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What entries are searched by. It is read from them and proves nothing. */
final class Facets {
    private static final String ROLLOUT = "rollout/";
    private static final int LONGEST = 200;
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private Facets() {}

    private record Facet(
            String kind,
            @Nullable String uid,
            @Nullable String rollout,
            @Nullable String revision,
            @Nullable String actor,
            @Nullable OffsetDateTime at) {}

    static void insert(Db.Tx tx, long first, List<byte[]> envelopes) {
        var facets = envelopes.stream().map(Facets::of).toList();
        tx.query(
                "INSERT INTO facet SELECT $1 + n - 1, kind, uid, rollout, revision, actor, at FROM"
                        + " unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[],"
                        + " $7::timestamptz[]) WITH ORDINALITY AS f(kind, uid, rollout, revision,"
                        + " actor, at, n)",
                first,
                texts(facets, Facet::kind),
                texts(facets, Facet::uid),
                texts(facets, Facet::rollout),
                texts(facets, Facet::revision),
                texts(facets, Facet::actor),
                facets.stream().map(Facet::at).toArray(OffsetDateTime[]::new));
    }

    private static @Nullable String[] texts(
            List<Facet> facets, Function<Facet, @Nullable String> part) {
        var texts = new @Nullable String[facets.size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = part.apply(facets.get(i));
        }
        return texts;
    }

    /** An envelope that nobody understands is kept like any other, and found by its index. */
    private static Facet of(byte[] envelope) {
        try {
            var says = Json.read(envelope, JsonNode.class);
            var stream = says.path("stream").asText("");
            var rollout =
                    stream.startsWith(ROLLOUT)
                            ? stream.substring(ROLLOUT.length())
                            : text(says, "rollout");
            return new Facet(
                    clipped(says.path("kind").asText(says.path("type").asText(""))),
                    text(says, "uid"),
                    rollout == null ? null : clipped(rollout),
                    text(says, "revision"),
                    text(says, "actor"),
                    at(says.path("at").asText("")));
        } catch (SkeinException e) {
            return new Facet("", null, null, null, null, null);
        }
    }

    private static @Nullable String text(JsonNode says, String name) {
        var value = says.path(name);
        return value.isTextual() ? clipped(value.asText()) : null;
    }

    /** What an index takes, whatever somebody sent: a text to search by is short. */
    private static String clipped(String text) {
        var clean = text.replace("\0", "");
        return clean.length() > LONGEST ? clean.substring(0, LONGEST) : clean;
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
