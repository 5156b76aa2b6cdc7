// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.command;

import dev.skein.api.config.ApiConfig;
import dev.skein.api.rollout.RolloutAction;
import dev.skein.api.rollout.RolloutSpec;
import dev.skein.engine.SkeinException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What people ask of rollouts, whichever door they come through: with the role that it takes, in
 * the name of who asks, and with a reason.
 */
@ApplicationScoped
public class RolloutRequests {
    private static final int LONGEST = 1000;

    private final RolloutCommands commands;
    private final Rollbacks rollbacks;
    private final ApiConfig config;
    private final SecurityIdentity identity;

    public RolloutRequests(
            RolloutCommands commands,
            Rollbacks rollbacks,
            ApiConfig config,
            SecurityIdentity identity) {
        this.commands = commands;
        this.rollbacks = rollbacks;
        this.config = config;
        this.identity = identity;
    }

    @RolesAllowed(Roles.AUTHOR)
    public void create(RolloutSpec spec) {
        commands.create(spec, name());
    }

    /**
     * @param planHash which plan is approved
     */
    @RolesAllowed(Roles.APPROVER)
    public void approve(String id, @Nullable String planHash) {
        if (planHash == null) {
            throw SkeinException.usage(
                    "Rollout " + id, "the approval names no plan", "Send its hash as planHash");
        }
        commands.on(id, new RolloutAction.Approve(name(), planHash), name());
    }

    @RolesAllowed(Roles.OPERATOR)
    public void pause(String id, @Nullable String reason) {
        commands.on(id, new RolloutAction.Pause(name(), because(id, reason)), name());
    }

    /**
     * @param setAside whether databases of the wave that were set aside are tried again; null for
     *     after a halt only
     */
    @RolesAllowed(Roles.OPERATOR)
    public void resume(String id, @Nullable String reason, @Nullable Boolean setAside) {
        var command = new RolloutAction.Resume(name(), because(id, reason), setAside);
        commands.on(id, command, name());
    }

    @RolesAllowed(Roles.OPERATOR)
    public void abort(String id, @Nullable String reason) {
        commands.on(id, new RolloutAction.Abort(name(), because(id, reason)), name());
    }

    /**
     * @param databases those that are given up, by name or uid
     */
    @RolesAllowed(Roles.OPERATOR)
    public void skip(String id, @Nullable String reason, @Nullable List<String> databases) {
        commands.skip(id, databases == null ? List.of() : databases, because(id, reason), name());
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
    @RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
    public Rollbacks.View rollbackPlan(
            String id, @Nullable String wave, @Nullable String database, @Nullable String way)
            throws InterruptedException {
        var undo = new RolloutSpec.Undo(id, wave, database, "", way(way));
        // Counting keeps tenants busy: only who may roll back has it done.
        var ask = identity.hasRole(Roles.OPERATOR);
        return rollbacks.plan(new Rollbacks.Asked(undo, config.parallel(), null), ask);
    }

    /** Takes a rollout back; gives the name of what does. */
    @RolesAllowed(Roles.OPERATOR)
    public String rollback(String id, RollbackAsked asked) {
        var reason = because(id, asked.reason());
        var undo =
                new RolloutSpec.Undo(id, asked.wave(), asked.database(), reason, way(asked.way()));
        int most = asked.parallel() == null ? config.parallel() : asked.parallel();
        return rollbacks.start(new Rollbacks.Asked(undo, most, asked.seen()), name());
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

    private String name() {
        return identity.getPrincipal().getName();
    }

    private static String because(String id, @Nullable String text) {
        if (text == null || text.isBlank() || text.length() > LONGEST) {
            throw SkeinException.usage(
                    "Rollout " + id,
                    "there is no reason given, or one longer than " + LONGEST + " characters",
                    "Give one");
        }
        return text;
    }
}
