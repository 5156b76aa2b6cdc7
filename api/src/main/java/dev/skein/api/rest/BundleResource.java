// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rest;

import dev.skein.api.command.Roles;
import dev.skein.api.command.RolloutCommands;
import dev.skein.api.store.BundleStore;
import dev.skein.engine.bundle.Bundle;
import dev.skein.service.database.Db;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.event.Event;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sets of revisions. */
@Path("/api/bundles")
public class BundleResource {
    private final Db db;
    private final BundleStore bundles;
    private final Event<RolloutCommands.Changed> changed;

    private final SecurityIdentity identity;

    public BundleResource(
            Db db,
            BundleStore bundles,
            Event<RolloutCommands.Changed> changed,
            SecurityIdentity identity) {
        this.identity = identity;
        this.db = db;
        this.bundles = bundles;
        this.changed = changed;
    }

    /** What was pushed. */
    public record Pushed(String digest, int revisions, List<String> heads, boolean isNew) {}

    /** Takes a bundle's bytes; the digest, if given, must fit. */
    @POST
    @Consumes("application/vnd.skein.bundle")
    @RolesAllowed(Roles.AUTHOR)
    @RunOnVirtualThread
    public Pushed push(byte[] content, @HeaderParam("Skein-Digest") @Nullable String digest) {
        var bundle = Bundle.read(content, digest);
        bundle.refuseMisfits();
        var isNew = db.call(tx -> bundles.put(tx, bundle, identity.getPrincipal().getName()));
        changed.fire(new RolloutCommands.Changed("")); // wakes the relay
        var graph = bundle.scripts().graph();
        return new Pushed(
                bundle.digest(), bundle.scripts().all().size(), List.copyOf(graph.heads()), isNew);
    }
}
