// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.rest;

import dev.skein.engine.Digests;
import dev.skein.engine.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * What a door answers, with a tag of what it says (RFC 9110, 8.8.3). Who has it already is told so
 * in a few bytes.
 *
 * @param tag as in the header {@code ETag}
 */
public record TaggedContent<T>(T content, String tag) {
    /** The name of the header by which somebody says what they have. */
    public static final String KNOWN = "If-None-Match";

    private static final int LENGTH = 32;
    private static final int UNCHANGED = 304;

    /** A page as it is sent. */
    public static TaggedContent<String> ofText(String text) {
        return new TaggedContent<>(text, tag(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** What is sent as JSON. */
    public static <T> TaggedContent<T> of(T content) {
        return new TaggedContent<>(content, tag(Json.bytes(content)));
    }

    private static String tag(byte[] bytes) {
        return '"' + Digests.hex(Digests.sha256(bytes)).substring(0, LENGTH) + '"';
    }

    /** Whether this is what somebody has who says so in a header; a proxy may have weakened it. */
    boolean isKnown(@Nullable String known) {
        return known != null
                && Arrays.stream(known.split(","))
                        .map(one -> one.strip().replaceFirst("^W/", ""))
                        .anyMatch(one -> one.equals(tag) || one.equals("*"));
    }

    /**
     * The answer.
     *
     * @param known what somebody has, as the header says; absent of who has nothing
     */
    public RestResponse<T> answer(@Nullable String known) {
        var answer =
                isKnown(known)
                        ? RestResponse.ResponseBuilder.<T>create(UNCHANGED)
                        : RestResponse.ResponseBuilder.ok(content);
        return answer.header("ETag", tag).header("Cache-Control", "private, no-cache").build();
    }
}
