// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.console;

import dev.skein.api.command.Roles;
import dev.skein.api.query.FleetViews;
import dev.skein.api.query.RolloutViews;
import dev.skein.api.security.Accounts;
import dev.skein.api.security.ApiTokenAuthentication;
import dev.skein.api.security.WrongLogin;
import dev.skein.service.rest.TaggedContent;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * The console's first page, with fleet and rollouts, which brings itself up to date; and its door.
 */
@Path("/console")
@Produces(MediaType.TEXT_HTML)
public class ConsoleResource {
    private static final URI HOME = URI.create("/console");

    private final LiveParts parts;
    private final Accounts accounts;
    private final SecurityIdentity identity;

    public ConsoleResource(LiveParts parts, Accounts accounts, SecurityIdentity identity) {
        this.parts = parts;
        this.accounts = accounts;
        this.identity = identity;
    }

    /** The pages; one template each. */
    @CheckedTemplate
    static final class Templates {
        private Templates() {}

        static native TemplateInstance login(String message);

        static native TemplateInstance home(String account, TaggedContent<String> live);

        static native TemplateInstance live(
                FleetViews.Status status,
                List<RolloutViews.Detail> rollouts,
                List<FleetViews.DatabaseView> databases);
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @RunOnVirtualThread
    public TemplateInstance home() {
        return Templates.home(identity.getPrincipal().getName(), parts.fleet(false));
    }

    /** The part of the page that changes. */
    @GET
    @Path("/live")
    @RolesAllowed(Roles.VIEWER)
    @RunOnVirtualThread
    public RestResponse<String> live(@HeaderParam(TaggedContent.KNOWN) @Nullable String known) {
        return parts.fleet(known != null).answer(known);
    }

    @GET
    @Path("/login")
    @PermitAll
    @RunOnVirtualThread
    public TemplateInstance login() {
        return Templates.login("");
    }

    /** Checks the form; the cookie is sent by this site's own pages only. */
    @POST
    @Path("/login")
    @PermitAll
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RunOnVirtualThread
    public Response login(
            @FormParam("name") @Nullable String name,
            @FormParam("password") @Nullable String password) {
        try {
            var login = accounts.login(name == null ? "" : name, password == null ? "" : password);
            return Response.seeOther(HOME).cookie(cookie(login.token(), -1)).build();
        } catch (WrongLogin e) {
            return Response.status(401)
                    .entity(Templates.login("Name or password is wrong."))
                    .build();
        }
    }

    @POST
    @Path("/logout")
    @PermitAll
    @RunOnVirtualThread
    public Response logout(@CookieParam(ApiTokenAuthentication.COOKIE) @Nullable String token) {
        if (token != null) {
            accounts.logout(token);
        }
        return Response.seeOther(URI.create("/console/login")).cookie(cookie("", 0)).build();
    }

    private static NewCookie cookie(String token, int maxAge) {
        return new NewCookie.Builder(ApiTokenAuthentication.COOKIE)
                .value(token)
                .path("/console")
                .httpOnly(true)
                .sameSite(NewCookie.SameSite.STRICT)
                .maxAge(maxAge)
                .build();
    }
}
