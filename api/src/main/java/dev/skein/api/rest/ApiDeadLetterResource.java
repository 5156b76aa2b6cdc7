// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rest;

import dev.skein.api.command.Roles;
import dev.skein.service.kafka.DeadLetter;
import dev.skein.service.kafka.DeadLetterDesk;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records from Kafka that this service could not take. */
@Path("/api/dead-letters")
public class ApiDeadLetterResource {
    private final DeadLetterDesk desk;
    private final SecurityIdentity identity;

    public ApiDeadLetterResource(DeadLetterDesk desk, SecurityIdentity identity) {
        this.desk = desk;
        this.identity = identity;
    }

    /**
     * A page, the newest first.
     *
     * @param all also those that somebody replayed or dropped
     * @param before the smallest id of the page before; absent for the first
     */
    @GET
    @RolesAllowed(Roles.VIEWER)
    @RunOnVirtualThread
    public List<DeadLetter> list(
            @QueryParam("all") @DefaultValue("false") boolean all,
            @QueryParam("before") @Nullable Long before) {
        return desk.list(all, before);
    }

    @POST
    @Path("/{id}/replay")
    @RolesAllowed(Roles.OPERATOR)
    @RunOnVirtualThread
    public void replay(@PathParam("id") long id) {
        desk.replay(id, identity.getPrincipal().getName());
    }

    @POST
    @Path("/{id}/drop")
    @RolesAllowed(Roles.OPERATOR)
    @RunOnVirtualThread
    public void drop(@PathParam("id") long id) {
        desk.drop(id, identity.getPrincipal().getName());
    }
}
