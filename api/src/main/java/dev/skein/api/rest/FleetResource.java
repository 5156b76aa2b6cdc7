// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rest;

import dev.skein.api.command.Roles;
import dev.skein.api.query.FleetViews;
import dev.skein.api.query.WatchedViews;
import dev.skein.service.rest.PageAnswer;
import dev.skein.service.rest.TaggedContent;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** What exists. */
@Path("/api")
public class FleetResource {
    private final FleetViews fleet;
    private final WatchedViews watched;

    public FleetResource(FleetViews fleet, WatchedViews watched) {
        this.fleet = fleet;
        this.watched = watched;
    }

    @GET
    @Path("/databases")
    @RolesAllowed(Roles.VIEWER)
    @RunOnVirtualThread
    public RestResponse<List<FleetViews.DatabaseView>> databases(
            @QueryParam("select") @DefaultValue("") String select,
            @QueryParam("limit") @DefaultValue("500") int limit,
            @QueryParam("gone") @DefaultValue("false") boolean gone,
            @QueryParam("after") @DefaultValue("") String after,
            @Context UriInfo asked) {
        return PageAnswer.of(fleet.databases(select, limit, gone, after), asked);
    }

    @GET
    @Path("/status")
    @RolesAllowed(Roles.VIEWER)
    @RunOnVirtualThread
    public RestResponse<FleetViews.Status> status(
            @HeaderParam(TaggedContent.KNOWN) @Nullable String known) {
        return watched.status(known != null).answer(known);
    }
}
