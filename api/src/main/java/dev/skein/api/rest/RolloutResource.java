// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.api.command.Rollbacks;
import dev.skein.api.command.RolloutCommands;
import dev.skein.api.config.ApiConfig;
import dev.skein.api.registry.RolloutRow;
import dev.skein.api.rollout.RolloutAction;
import dev.skein.api.rollout.RolloutSpec;
import dev.skein.api.security.Roles;
import dev.skein.engine.SkeinException;
import dev.skein.service.rest.PlainText;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.panache.common.Sort;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rollouts: propose, look, approve, steer. */
@Path("/api/rollouts")
public class RolloutResource {
    private static final int LONGEST = 1000;

    private final RolloutCommands commands;
    private final Rollbacks rollbacks;
    private final RolloutViews views;
    private final RollbackPlanView ways;
    private final SpecReader reader;
    private final ApiConfig config;

    private final SecurityIdentity identity;

    public RolloutResource(
            RolloutCommands commands,
            Rollbacks rollbacks,
            RolloutViews views,
            RollbackPlanView ways,
            SpecReader reader,
            ApiConfig config,
            SecurityIdentity identity) {
        this.identity = identity;
        this.commands = commands;
        this.rollbacks = rollbacks;
        this.views = views;
        this.ways = ways;
        this.reader = reader;
        this.config = config;
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
        commands.create(spec, name());
        return new Proposed(spec.id());
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    public Uni<List<RolloutViews.Summary>> list() {
        return Panache.withSession(
                        () -> RolloutRow.<RolloutRow>listAll(Sort.by("createdAt").descending()))
                .map(rows -> rows.stream().limit(200).map(RolloutViews.Summary::of).toList());
    }

    @GET
    @Path("/{id}")
    @RolesAllowed(Roles.VIEWER)
    public Uni<RolloutViews.Detail> show(@PathParam("id") String id) {
        return views.detail(id);
    }

    @GET
    @Path("/{id}/plan")
    @RolesAllowed(Roles.VIEWER)
    @RunOnVirtualThread
    public RollbackPlanView.PlanView plan(@PathParam("id") String id) {
        return ways.plan(id);
    }

    @GET
    @Path("/{id}/targets")
    @RolesAllowed(Roles.VIEWER)
    public Uni<List<RolloutViews.TargetView>> targets(
            @PathParam("id") String id, @QueryParam("state") @DefaultValue("") String state) {
        return views.targets(id, state);
    }

    @POST
    @Path("/{id}/approve")
    @RolesAllowed(Roles.APPROVER)
    @RunOnVirtualThread
    public void approve(@PathParam("id") String id, @Nullable Approval approval) {
        var hash = approval == null ? null : approval.planHash();
        if (hash == null) {
            throw SkeinException.usage(
                    "Rollout " + id, "the approval names no plan", "Send its hash as planHash");
        }
        commands.on(id, new RolloutAction.Approve(name(), hash), name());
    }

    @POST
    @Path("/{id}/pause")
    @RolesAllowed(Roles.OPERATOR)
    @RunOnVirtualThread
    public void pause(@PathParam("id") String id, @Nullable Reason reason) {
        var command = new RolloutAction.Pause(name(), because(id, reason));
        commands.on(id, command, name());
    }

    @POST
    @Path("/{id}/resume")
    @RolesAllowed(Roles.OPERATOR)
    @RunOnVirtualThread
    public void resume(@PathParam("id") String id, @Nullable Resumption asked) {
        var reason = because(id, asked == null ? null : new Reason(asked.reason()));
        var aside = asked == null ? null : asked.setAside();
        var command = new RolloutAction.Resume(name(), reason, aside);
        commands.on(id, command, name());
    }

    @POST
    @Path("/{id}/abort")
    @RolesAllowed(Roles.OPERATOR)
    @RunOnVirtualThread
    public void abort(@PathParam("id") String id, @Nullable Reason reason) {
        var command = new RolloutAction.Abort(name(), because(id, reason));
        commands.on(id, command, name());
    }

    /**
     * What is given up.
     *
     * @param databases by name or uid
     */
    public record Skipping(@Nullable String reason, @Nullable List<String> databases) {}

    @POST
    @Path("/{id}/skip")
    @RolesAllowed(Roles.OPERATOR)
    @RunOnVirtualThread
    public void skip(@PathParam("id") String id, @Nullable Skipping asked) {
        var reason = because(id, asked == null ? null : new Reason(asked.reason()));
        var databases = asked == null ? null : asked.databases();
        commands.skip(id, databases == null ? List.of() : databases, reason, name());
    }

    /**
     * What is to be taken back.
     *
     * @param wave only this one; absent for all
     * @param database only this one, by name or uid; absent for all
     * @param parallel databases at a time; absent for as many as usual
     * @param seen what the plan that was shown is known by; absent for whichever it is now
     * @param way {@code downgrade} or {@code restore}; absent for what loses nothing
     */
    public record RollbackAsked(
            @Nullable String reason,
            @Nullable String wave,
            @Nullable String database,
            @Nullable Integer parallel,
            @Nullable String way,
            @Nullable String seen) {}

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
        return shown(id, wave, database, way);
    }

    /** The same for whoever was let in by another door. */
    public Rollbacks.View shown(
            String id, @Nullable String wave, @Nullable String database, @Nullable String way)
            throws InterruptedException {
        var undo = new RolloutSpec.Undo(id, wave, database, "", way(way));
        // Counting keeps tenants busy: only who may roll back has it done.
        var ask = identity.hasRole(Roles.OPERATOR);
        return rollbacks.plan(new Rollbacks.Asked(undo, config.parallel(), null), ask);
    }

    private static RolloutSpec.@Nullable Way way(@Nullable String text) {
        return switch (text) {
            case null -> null;
            case "downgrade" -> RolloutSpec.Way.DOWNGRADE;
            case "restore" -> RolloutSpec.Way.RESTORE;
            default ->
                    throw SkeinException.usage(
                            "Rollback",
                            "'" + text + "' is no way back",
                            "Write downgrade or restore");
        };
    }

    @POST
    @Path("/{id}/rollback")
    @RolesAllowed(Roles.OPERATOR)
    @RunOnVirtualThread
    public Proposed rollback(@PathParam("id") String id, @Nullable RollbackAsked asked) {
        var reason = because(id, asked == null ? null : new Reason(asked.reason()));
        var wave = asked == null ? null : asked.wave();
        var database = asked == null ? null : asked.database();
        var seen = asked == null ? null : asked.seen();
        var parallel = asked == null ? null : asked.parallel();
        var undo =
                new RolloutSpec.Undo(
                        id, wave, database, reason, way(asked == null ? null : asked.way()));
        int most = parallel == null ? config.parallel() : parallel;
        if (most < 1) {
            throw SkeinException.usage(
                    "Rollout " + id, "'" + most + "' at a time", "Write 1 or more");
        }
        return new Proposed(rollbacks.start(new Rollbacks.Asked(undo, most, seen), name()));
    }

    private String name() {
        return identity.getPrincipal().getName();
    }

    private static String because(String id, @Nullable Reason reason) {
        var text = reason == null ? null : reason.reason();
        if (text == null || text.isBlank() || text.length() > LONGEST) {
            throw SkeinException.usage(
                    "Rollout " + id,
                    "there is no reason given, or one longer than " + LONGEST + " characters",
                    "Give one");
        }
        return text;
    }
}
