// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rest;

import dev.skein.api.command.DriftDecisions;
import dev.skein.api.command.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.jspecify.annotations.Nullable;

/** Decisions about drift, which the audit service finds. */
@Path("/api/drift")
public class DriftDecisionResource {
    private final DriftDecisions decisions;

    public DriftDecisionResource(DriftDecisions decisions) {
        this.decisions = decisions;
    }

    @POST
    @Path("/adopt")
    @RolesAllowed(Roles.OPERATOR)
    @RunOnVirtualThread
    public void adopt(DriftDecisions.@Nullable Asked asked) {
        decisions.adopt(asked);
    }

    @POST
    @Path("/ignore")
    @RolesAllowed(Roles.OPERATOR)
    @RunOnVirtualThread
    public void ignore(DriftDecisions.@Nullable Asked asked) {
        decisions.ignore(asked);
    }
}
