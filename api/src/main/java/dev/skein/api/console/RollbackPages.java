// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.console;

import dev.skein.api.command.Roles;
import dev.skein.api.command.RolloutRequests;
import dev.skein.api.command.RolloutRequests.RollbackAsked;
import dev.skein.engine.SkeinException;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rollback of one rollout: what it would do and lose, and the form that begins it. */
@Path("/console/rollouts/{id}/rollback")
@Produces(MediaType.TEXT_HTML)
public class RollbackPages {
    private final RolloutRequests rollouts;
    private final SecurityIdentity identity;

    public RollbackPages(RolloutRequests rollouts, SecurityIdentity identity) {
        this.rollouts = rollouts;
        this.identity = identity;
    }

    private String account() {
        return identity.getPrincipal().getName();
    }

    /** The plan of a rollback, computed now: of exactly what the form on the page does then. */
    @GET
    @RolesAllowed(Roles.OPERATOR)
    @RunOnVirtualThread
    public TemplateInstance show(
            @PathParam("id") String id,
            @QueryParam("wave") @Nullable String wave,
            @QueryParam("database") @Nullable String database,
            @QueryParam("way") @Nullable String way)
            throws InterruptedException {
        return page(id, wave, database, way, "");
    }

    private TemplateInstance page(
            String id,
            @Nullable String wave,
            @Nullable String database,
            @Nullable String way,
            String message)
            throws InterruptedException {
        var part = List.of(text(wave), text(database), text(way));
        try {
            var view = rollouts.rollbackPlan(id, given(wave), given(database), given(way));
            return RolloutPages.Templates.rollback(account(), message, id, part, view);
        } catch (SkeinException e) {
            var words = message.isEmpty() ? RolloutPages.inWords(e) : message;
            return RolloutPages.Templates.rollback(account(), words, id, part, null);
        }
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text.strip();
    }

    @POST
    @RolesAllowed(Roles.OPERATOR)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RunOnVirtualThread
    public Response start(
            @PathParam("id") String id,
            @FormParam("reason") @Nullable String reason,
            @FormParam("wave") @Nullable String wave,
            @FormParam("database") @Nullable String database,
            @FormParam("way") @Nullable String way,
            @FormParam("seen") @Nullable String seen,
            @FormParam("sure") @Nullable String sure)
            throws InterruptedException {
        try {
            RolloutPages.refuseUnsure(id, sure);
            if (seen == null) {
                throw SkeinException.usage("Rollout " + id, "no plan was looked at", "");
            }
            var asked =
                    new RollbackAsked(reason, given(wave), given(database), null, given(way), seen);
            return RolloutPages.to(rollouts.rollback(id, asked));
        } catch (SkeinException e) {
            var page = page(id, wave, database, way, RolloutPages.inWords(e));
            return Response.status(409).entity(page).build();
        }
    }

    private static @Nullable String given(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
