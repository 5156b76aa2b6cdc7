// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/**
 * Problem details for HTTP APIs (RFC 9457).
 *
 * @param title the subject
 * @param detail what was found
 * @param remedy what to do; an extension member
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProblemDocument(
        String type, String title, int status, String detail, @Nullable String remedy) {
    /** The media type of problem details. */
    public static final String TYPE = "application/problem+json";

    /** A response with one. */
    public static Response response(int status, String title, String detail, String remedy) {
        var problem =
                new ProblemDocument(
                        "about:blank", title, status, detail, remedy.isEmpty() ? null : remedy);
        return Response.status(status).type(TYPE).entity(problem).build();
    }
}
