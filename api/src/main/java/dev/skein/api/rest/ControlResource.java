// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rest;

import dev.skein.api.command.Roles;
import dev.skein.api.relay.Leadership;
import dev.skein.api.relay.Reconciliation;
import dev.skein.api.relay.Relay;
import dev.skein.api.relay.TopicWatch;
import dev.skein.api.store.Continuity;
import dev.skein.api.store.LostDecisions;
import dev.skein.engine.SkeinException;
import dev.skein.service.database.Db;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the control plane decides anything, and if not, what is to be done. */
@Path("/api/control")
public class ControlResource {
    private static final int LONGEST = 1000;

    private final Db db;
    private final Continuity continuity;
    private final LostDecisions lost;
    private final Reconciliation reconciliation;
    private final TopicWatch watch;
    private final Relay relay;
    private final Leadership leadership;
    private final SecurityIdentity identity;

    public ControlResource(
            Db db,
            Continuity continuity,
            LostDecisions lost,
            Reconciliation reconciliation,
            TopicWatch watch,
            Relay relay,
            Leadership leadership,
            SecurityIdentity identity) {
        this.db = db;
        this.continuity = continuity;
        this.lost = lost;
        this.reconciliation = reconciliation;
        this.watch = watch;
        this.relay = relay;
        this.leadership = leadership;
        this.identity = identity;
    }

    /**
     * How it does.
     *
     * @param stopped since when nothing is decided or sent; absent where all is well, as what
     *     follows
     * @param lostDecisions how many were published and are not in the database
     * @param topics what is not as it should be with topics that work nevertheless, and what to do
     * @param unsent what could not be sent lately, and why, where this replica sends
     * @param sender which other replica's process sends; absent where this one does, or nobody
     */
    public record State(
            @Nullable Instant stopped,
            @Nullable String found,
            @Nullable String remedy,
            long lostDecisions,
            List<String> topics,
            List<Relay.Unsent> unsent,
            @Nullable String sender) {}

    /** Why somebody asks. */
    public record Asked(@Nullable String reason) {}

    /** What bringing database and topics in line would do. */
    @GET
    @Path("/reconciliation")
    @RolesAllowed(Roles.OPERATOR)
    @RunOnVirtualThread
    public Reconciliation.Outcome look() {
        return reconciliation.look();
    }

    /** Does it, and lets decisions be taken again. */
    @POST
    @Path("/reconciliation")
    @RolesAllowed(Roles.OPERATOR)
    @RunOnVirtualThread
    public Reconciliation.Outcome reconcile(@Nullable Asked asked) {
        var reason = asked == null ? null : asked.reason();
        if (reason == null || reason.isBlank() || reason.length() > LONGEST) {
            throw SkeinException.usage(
                    "The control plane",
                    "there is no reason given, or one longer than " + LONGEST + " characters",
                    "Give one");
        }
        return reconciliation.run(reason, identity.getPrincipal().getName());
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @RunOnVirtualThread
    public State state() {
        return db.call(tx -> {
            var stop = continuity.stopped(tx);
            return new State(
                    stop.map(Continuity.Stop::since).orElse(null),
                    stop.map(Continuity.Stop::found).orElse(null),
                    stop.map(s -> Continuity.Stop.REMEDY).orElse(null),
                    lost.waiting(tx),
                    watch.amiss(),
                    relay.unsent(),
                    leadership.other(tx).orElse(null));
        });
    }
}
