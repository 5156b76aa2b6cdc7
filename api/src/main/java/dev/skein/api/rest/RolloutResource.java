// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.api.command.Roles;
import dev.skein.api.command.Rollbacks;
import dev.skein.api.command.RolloutRequests;
import dev.skein.api.command.RolloutRequests.RollbackAsked;
import dev.skein.api.query.RollbackPlanView;
import dev.skein.api.query.RolloutViews;
import dev.skein.api.query.WatchedViews;
import dev.skein.engine.SkeinException;
import dev.skein.service.rest.PageAnswer;
import dev.skein.service.rest.PlainText;
import dev.skein.service.rest.TaggedContent;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Rollouts: propose, look, approve, steer. */
@Path("/api/rollouts")
public class RolloutResource {
    private final RolloutRequests requests;
    private final RolloutViews views;
    private final WatchedViews watched;
    private final RollbackPlanView ways;
    private final SpecReader reader;

    public RolloutResource(
            RolloutRequests requests,
            RolloutViews views,
            WatchedViews watched,
            RollbackPlanView ways,
            SpecReader reader) {
        this.requests = requests;
        this.views = views;
        this.watched = watched;
        this.ways = ways;
        this.reader = reader;
    }

    /** Which plan is approved. */
    public record Approval(@Nullable String planHash) {}

    /** Why something is done. */
    public record Reason(@Nullable String reason) {}

    /**
     * Why it goes on.
     *
     * @param setAside whether databases of the wave that were set aside are tried again; absent for
     *     after a halt only
     */
    public record Resumption(@Nullable String reason, @Nullable Boolean setAside) {}

    /**
     * What is given up.
     *
     * @param databases by name or uid
     */
    public record Skipping(@Nullable String reason, @Nullable List<String> databases) {}

    /** The name of a new rollout. */
    public record Proposed(String id) {}

    @POST
    @RolesAllowed(Roles.AUTHOR)
    @RunOnVirtualThread
    public Proposed create(@Nullable JsonNode text) {
        if (text == null) {
            throw SkeinException.usage("Rollout", "the request is empty", "Send what is asked for");
        }
        PlainText.check(text);
        var spec = reader.read(text);
        requests.create(spec);
        return new Proposed(spec.id());
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @RunOnVirtualThread
    public List<RolloutViews.Summary> list() {
        return views.list();
    }

    @GET
    @Path("/{id}")
    @RolesAllowed(Roles.VIEWER)
    @RunOnVirtualThread
    public RestResponse<RolloutViews.Detail> show(
            @PathParam("id") String id, @HeaderParam(TaggedContent.KNOWN) @Nullable String known) {
        return watched.rollout(id, known != null).answer(known);
    }

    @GET
    @Path("/{id}/plan")
    @RolesAllowed(Roles.VIEWER)
    @RunOnVirtualThread
    public RollbackPlanView.PlanView plan(@PathParam("id") String id) {
        return ways.plan(id);
    }

    /** The databases of the plan, each with its way. */
    @GET
    @Path("/{id}/plan/databases")
    @RolesAllowed(Roles.VIEWER)
    @RunOnVirtualThread
    public RestResponse<List<RollbackPlanView.PlannedRow>> planned(
            @PathParam("id") String id,
            @QueryParam("limit") @DefaultValue("500") int limit,
            @QueryParam("after") @DefaultValue("") String after,
            @Context UriInfo asked) {
        return PageAnswer.of(ways.databases(id, limit, after), asked);
    }

    /** The databases that the plan leaves alone. */
    @GET
    @Path("/{id}/plan/set-aside")
    @RolesAllowed(Roles.VIEWER)
    @RunOnVirtualThread
    public RestResponse<List<RollbackPlanView.AsideRow>> setAside(
            @PathParam("id") String id,
            @QueryParam("limit") @DefaultValue("500") int limit,
            @QueryParam("after") @DefaultValue("") String after,
            @Context UriInfo asked) {
        return PageAnswer.of(ways.setAside(id, limit, after), asked);
    }

    @GET
    @Path("/{id}/targets")
    @RolesAllowed(Roles.VIEWER)
    @RunOnVirtualThread
    public RestResponse<List<RolloutViews.TargetView>> targets(
            @PathParam("id") String id,
            @QueryParam("state") @DefaultValue("") String state,
            @QueryParam("limit") @DefaultValue("500") int limit,
            @QueryParam("after") @DefaultValue("") String after,
            @Context UriInfo asked) {
        return PageAnswer.of(views.targets(id, state, limit, after), asked);
    }

    @POST
    @Path("/{id}/approve")
    @RolesAllowed(Roles.APPROVER)
    @RunOnVirtualThread
    public void approve(@PathParam("id") String id, @Nullable Approval approval) {
        requests.approve(id, approval == null ? null : approval.planHash());
    }

    @POST
    @Path("/{id}/pause")
    @RolesAllowed(Roles.OPERATOR)
    @RunOnVirtualThread
    public void pause(@PathParam("id") String id, @Nullable Reason reason) {
        requests.pause(id, reason == null ? null : reason.reason());
    }

    @POST
    @Path("/{id}/resume")
    @RolesAllowed(Roles.OPERATOR)
    @RunOnVirtualThread
    public void resume(@PathParam("id") String id, @Nullable Resumption asked) {
        var aside = asked == null ? null : asked.setAside();
        requests.resume(id, asked == null ? null : asked.reason(), aside);
    }

    @POST
    @Path("/{id}/abort")
    @RolesAllowed(Roles.OPERATOR)
    @RunOnVirtualThread
    public void abort(@PathParam("id") String id, @Nullable Reason reason) {
        requests.abort(id, reason == null ? null : reason.reason());
    }

    @POST
    @Path("/{id}/skip")
    @RolesAllowed(Roles.OPERATOR)
    @RunOnVirtualThread
    public void skip(@PathParam("id") String id, @Nullable Skipping asked) {
        var databases = asked == null ? null : asked.databases();
        requests.skip(id, asked == null ? null : asked.reason(), databases);
    }

    /** A rollback's plan, computed now. */
    @GET
    @Path("/{id}/rollback-plan")
    @RolesAllowed(Roles.VIEWER)
    @RunOnVirtualThread
    public Rollbacks.View rollbackPlan(
            @PathParam("id") String id,
            @QueryParam("wave") @Nullable String wave,
            @QueryParam("database") @Nullable String database,
            @QueryParam("way") @Nullable String way)
            throws InterruptedException {
        return requests.rollbackPlan(id, wave, database, way);
    }

    @POST
    @Path("/{id}/rollback")
    @RolesAllowed(Roles.OPERATOR)
    @RunOnVirtualThread
    public Proposed rollback(@PathParam("id") String id, @Nullable RollbackAsked asked) {
        var nothing = new RollbackAsked(null, null, null, null, null, null);
        return new Proposed(requests.rollback(id, asked == null ? nothing : asked));
    }
}
