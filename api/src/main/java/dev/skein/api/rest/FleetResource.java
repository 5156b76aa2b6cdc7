// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rest;

import dev.skein.api.command.Roles;
import dev.skein.api.query.FleetViews;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;

/** What exists. */
@Path("/api")
public class FleetResource {
    private final FleetViews fleet;

    public FleetResource(FleetViews fleet) {
        this.fleet = fleet;
    }

    @GET
    @Path("/databases")
    @RolesAllowed(Roles.VIEWER)
    @RunOnVirtualThread
    public List<FleetViews.DatabaseView> databases(
            @QueryParam("select") @DefaultValue("") String select,
            @QueryParam("limit") @DefaultValue("1000") int limit,
            @QueryParam("gone") @DefaultValue("false") boolean gone) {
        return fleet.databases(select, limit, gone);
    }

    @GET
    @Path("/status")
    @RolesAllowed(Roles.VIEWER)
    @RunOnVirtualThread
    public FleetViews.Status status() {
        return fleet.status();
    }
}
