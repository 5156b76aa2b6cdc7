// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rest;

import dev.skein.api.command.Roles;
import dev.skein.api.store.ForgottenStore;
import dev.skein.engine.SkeinException;
import dev.skein.service.database.Db;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Decisions on what is gone for good. */
@Path("/api")
public class ForgetResource {
    private static final int LONGEST = 1000;
    private static final int LONGEST_NAME = 200;
    private static final int MOST = 1000;

    private final Db db;
    private final ForgottenStore forgotten;
    private final SecurityIdentity identity;

    public ForgetResource(Db db, ForgottenStore forgotten, SecurityIdentity identity) {
        this.db = db;
        this.forgotten = forgotten;
        this.identity = identity;
    }

    /** Databases by their uids. */
    public record GoneDatabases(
            @Nullable List<@Nullable String> databases, @Nullable String reason) {}

    /** They are not shown and not planned any more; all of them, or none. */
    @POST
    @Path("/databases/forget")
    @RolesAllowed(Roles.OPERATOR)
    @RunOnVirtualThread
    public void databases(@Nullable GoneDatabases asked) {
        var uids = names("Database", asked == null ? null : asked.databases());
        var reason = reason("Database", asked == null ? null : asked.reason());
        db.run(tx -> forgotten.databases(tx, uids, reason, actor()));
    }

    /** Agents by their ids. */
    public record GoneAgents(@Nullable List<@Nullable String> agents, @Nullable String reason) {}

    /** They are not shown any more; all of them, or none. */
    @POST
    @Path("/agents/forget")
    @RolesAllowed(Roles.OPERATOR)
    @RunOnVirtualThread
    public void agents(@Nullable GoneAgents asked) {
        var ids = names("Agent", asked == null ? null : asked.agents());
        var reason = reason("Agent", asked == null ? null : asked.reason());
        db.run(tx -> forgotten.agents(tx, ids, reason, actor()));
    }

    private String actor() {
        return identity.getPrincipal().getName();
    }

    private static Set<String> names(String subject, @Nullable List<@Nullable String> asked) {
        var names = asked == null ? List.<@Nullable String>of() : asked;
        if (names.isEmpty() || names.size() > MOST) {
            throw SkeinException.usage(subject, "none is named, or more than " + MOST, "Name them");
        }
        var known = new TreeSet<String>();
        for (var name : names) {
            if (name == null || name.isBlank() || name.length() > LONGEST_NAME) {
                throw SkeinException.usage(
                        subject,
                        "a name is missing, or has more than " + LONGEST_NAME + " characters",
                        "See: skein targets --gone, skein agents");
            }
            known.add(name);
        }
        return known;
    }

    private static String reason(String subject, @Nullable String reason) {
        if (reason == null || reason.isBlank() || reason.length() > LONGEST) {
            throw SkeinException.usage(
                    subject,
                    "there is no reason given, or one longer than " + LONGEST + " characters",
                    "Give one");
        }
        return reason;
    }
}
