// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.event;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The attributes that accompany a payload, in the binary mode of CloudEvents 1.0: as Kafka headers
 * {@code ce_*}.
 *
 * @param type for example {@code dev.skein.revision.applied.v1}
 * @param source who says it, for example {@code /agents/eu-1}
 * @param subject what it is about, for example a database's uid
 */
public record CloudEvent(String id, String type, String source, String subject, Instant time) {
    private static final String PREFIX = "dev.skein.";

    /** An event with an id of its own. */
    public static CloudEvent of(String type, String source, String subject, Instant time) {
        return new CloudEvent(
                UUID.randomUUID().toString(), PREFIX + type + ".v1", source, subject, time);
    }

    /** An event whose id says which fact it is, so that a repetition has the same one. */
    public static CloudEvent of(
            String id, String type, String source, String subject, Instant time) {
        return new CloudEvent(id, PREFIX + type + ".v1", source, subject, time);
    }

    /** Header names and values. */
    public Map<String, String> headers() {
        var headers = new LinkedHashMap<String, String>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_id", id);
        headers.put("ce_type", type);
        headers.put("ce_source", source);
        headers.put("ce_subject", subject);
        headers.put("ce_time", time.toString());
        var binary = type.startsWith(PREFIX + "bundle.chunk");
        headers.put("content-type", binary ? "application/octet-stream" : "application/json");
        return headers;
    }
}
