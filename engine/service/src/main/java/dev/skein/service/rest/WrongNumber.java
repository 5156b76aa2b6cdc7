// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.rest;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/**
 * A number in a path or a query that is none: who asks so is wrong, whatever there is at that path.
 */
public final class WrongNumber {
    private WrongNumber() {}

    /** What is answered, where that is why a request found nothing. */
    public static Optional<Response> in(WebApplicationException e) {
        for (Throwable why = e.getCause(); why != null; why = why.getCause()) {
            if (why instanceof NumberFormatException) {
                return Optional.of(
                        ProblemDocument.response(
                                400,
                                "Request",
                                "a number in it is none (" + why.getMessage() + ")",
                                "Send digits; see what can be asked for: /q/openapi"));
            }
        }
        return Optional.empty();
    }
}
