// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.console;

import dev.skein.api.command.Roles;
import dev.skein.api.command.Rollbacks;
import dev.skein.api.command.RolloutRequests;
import dev.skein.api.query.RollbackPlanView;
import dev.skein.api.query.RolloutViews;
import dev.skein.engine.SkeinException;
import dev.skein.service.rest.TaggedContent;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * One rollout: what it does, and what can be done with it. Each command asks first, on a page of
 * its own that says what follows; the doors of the REST interface do the rest.
 */
@Path("/console/rollouts/{id}")
@Produces(MediaType.TEXT_HTML)
public class RolloutPages {
    private final RolloutRequests rollouts;
    private final RolloutViews views;
    private final RollbackPlanView ways;
    private final LiveParts parts;
    private final SecurityIdentity identity;

    public RolloutPages(
            RolloutRequests rollouts,
            RolloutViews views,
            RollbackPlanView ways,
            LiveParts parts,
            SecurityIdentity identity) {
        this.rollouts = rollouts;
        this.views = views;
        this.ways = ways;
        this.parts = parts;
        this.identity = identity;
    }

    /** The pages; one template each. */
    @CheckedTemplate
    static final class Templates {
        private Templates() {}

        static native TemplateInstance show(
                String account,
                String message,
                String id,
                RollbackPlanView.PlanView plan,
                TaggedContent<String> live);

        static native TemplateInstance live(
                RolloutViews.Detail rollout,
                List<String> verbs,
                List<RolloutViews.TargetView> targets);

        static native TemplateInstance confirm(
                String account, String message, String id, String verb, String says, String plan);

        static native TemplateInstance rollback(
                String account,
                String message,
                String id,
                List<String> part,
                Rollbacks.@Nullable View view);
    }

    private String account() {
        return identity.getPrincipal().getName();
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @RunOnVirtualThread
    public TemplateInstance show(@PathParam("id") String id) {
        var plan = ways.plan(id);
        return Templates.show(account(), "", id, plan, part(id, false));
    }

    /** The part of the page that changes. */
    @GET
    @Path("/live")
    @RolesAllowed(Roles.VIEWER)
    @RunOnVirtualThread
    public RestResponse<String> live(
            @PathParam("id") String id, @HeaderParam(TaggedContent.KNOWN) @Nullable String known) {
        return part(id, known != null).answer(known);
    }

    private TaggedContent<String> part(String id, boolean again) {
        return parts.rollout(id, identity::hasRole, again);
    }

    @GET
    @Path("/approve")
    @RolesAllowed(Roles.APPROVER)
    @RunOnVirtualThread
    public TemplateInstance approve(@PathParam("id") String id) {
        return approval(id, "");
    }

    private TemplateInstance approval(String id, String message) {
        var says =
                "Its first wave begins at once. You approve exactly this plan; look at it first.";
        var plan = views.detail(id).planHash();
        return Templates.confirm(account(), message, id, "approve", says, plan);
    }

    @POST
    @Path("/approve")
    @RolesAllowed(Roles.APPROVER)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RunOnVirtualThread
    public Response approve(
            @PathParam("id") String id,
            @FormParam("plan") @Nullable String plan,
            @FormParam("sure") @Nullable String sure) {
        return done(
                id,
                () -> {
                    refuseUnsure(id, sure);
                    rollouts.approve(id, plan);
                },
                e -> approval(id, inWords(e)));
    }

    @GET
    @Path("/{verb: pause|resume|abort}")
    @RolesAllowed(Roles.OPERATOR)
    @RunOnVirtualThread
    public TemplateInstance ask(@PathParam("id") String id, @PathParam("verb") String verb) {
        return asking(id, verb, "");
    }

    private TemplateInstance asking(String id, String verb, String message) {
        var says =
                switch (verb) {
                    case "pause" -> "Nothing new begins; what runs stops at its next step.";
                    case "resume" -> "It goes on; after a halt, failed databases are tried again.";
                    default -> "It is over for good; what is done stays as it is.";
                };
        return Templates.confirm(account(), message, id, verb, says, "");
    }

    @POST
    @Path("/{verb: pause|resume|abort}")
    @RolesAllowed(Roles.OPERATOR)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RunOnVirtualThread
    public Response steer(
            @PathParam("id") String id,
            @PathParam("verb") String verb,
            @FormParam("reason") @Nullable String reason,
            @FormParam("aside") @Nullable String aside,
            @FormParam("sure") @Nullable String sure) {
        return done(
                id,
                () -> {
                    refuseUnsure(id, sure);
                    switch (verb) {
                        case "pause" -> rollouts.pause(id, reason);
                        case "resume" -> rollouts.resume(id, reason, "yes".equals(aside));
                        default -> rollouts.abort(id, reason);
                    }
                },
                e -> asking(id, verb, inWords(e)));
    }

    static void refuseUnsure(String id, @Nullable String sure) {
        if (!"yes".equals(sure)) {
            throw SkeinException.usage("Rollout " + id, "nobody said that it is meant", "Say so");
        }
    }

    private interface Work {
        void run();
    }

    private interface Page {
        TemplateInstance of(SkeinException e);
    }

    private static Response done(String id, Work work, Page refused) {
        try {
            work.run();
            return to(id);
        } catch (SkeinException e) {
            return Response.status(409).entity(refused.of(e)).build();
        }
    }

    static Response to(String id) {
        return Response.seeOther(URI.create("/console/rollouts/" + id)).build();
    }

    static String inWords(SkeinException e) {
        return e.getMessage() == null ? e.found() : e.getMessage();
    }
}
