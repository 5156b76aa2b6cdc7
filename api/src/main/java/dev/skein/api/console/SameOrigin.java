// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.console;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Forms of the console are taken from its own pages only. The cookie is not sent by other sites
 * either; this holds where a browser does not know of that.
 */
public class SameOrigin {
    /** Refuses what another page sends. */
    @ServerRequestFilter
    public @Nullable Response check(ContainerRequestContext request) {
        if (!request.getMethod().equals("POST")
                || !request.getUriInfo().getPath().startsWith("/console")) {
            return null;
        }
        var origin = request.getHeaderString("Origin");
        var host = request.getHeaderString("Host");
        var foreign = origin != null && !isSame(origin, host);
        return foreign
                ? Response.status(403).entity("This form is of another page.").build()
                : null;
    }

    private static boolean isSame(String origin, @Nullable String host) {
        try {
            return URI.create(origin).getAuthority() != null
                    && URI.create(origin).getAuthority().equalsIgnoreCase(host);
        } catch (IllegalArgumentException e) {
            return false; // no address at all: "null" of a page without one, for example
        }
    }
}
