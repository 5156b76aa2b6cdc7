// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rest;

import dev.skein.api.command.Roles;
import dev.skein.service.database.Db;
import dev.skein.service.kafka.TopicNotices;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened to topics that this service reads. */
@Path("/api/control/notices")
public class ApiNoticeResource {
    private final Db db;
    private final SecurityIdentity identity;

    public ApiNoticeResource(Db db, SecurityIdentity identity) {
        this.db = db;
        this.identity = identity;
    }

    /** Those of which nobody has taken note, the newest first. */
    @GET
    @RolesAllowed(Roles.VIEWER)
    @RunOnVirtualThread
    public List<TopicNotices.Notice> list() {
        return db.call(TopicNotices::open);
    }

    /** Takes note of all that happened to a topic. */
    @POST
    @Path("/acknowledge")
    @RolesAllowed(Roles.OPERATOR)
    @RunOnVirtualThread
    public void acknowledge(TopicNotices.@Nullable Named named) {
        TopicNotices.acknowledge(db, named, identity.getPrincipal().getName());
    }
}
