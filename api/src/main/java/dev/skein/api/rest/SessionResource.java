// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rest;

import dev.skein.api.command.Roles;
import dev.skein.api.config.ApiConfig;
import dev.skein.api.query.Account;
import dev.skein.api.security.Accounts;
import dev.skein.engine.SkeinException;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Logging in and out, and the accounts. */
@Path("/api")
public class SessionResource {
    private final Accounts accounts;
    private final ApiConfig config;

    private final SecurityIdentity identity;

    public SessionResource(Accounts accounts, ApiConfig config, SecurityIdentity identity) {
        this.config = config;
        this.identity = identity;
        this.accounts = accounts;
    }

    /** Name and password. */
    public record Credentials(@Nullable String name, @Nullable String password) {}

    /** An account to be. */
    public record NewAccount(@Nullable String password, @Nullable Set<String> roles) {}

    /** An account as shown. */
    public record AccountView(String name, List<String> roles, @Nullable Instant created) {
        static AccountView of(Account account) {
            return new AccountView(account.name, List.of(account.roles), account.createdAt);
        }
    }

    @POST
    @Path("/login")
    @PermitAll
    @RunOnVirtualThread
    public Accounts.Login login(@Nullable Credentials credentials) {
        var name = credentials == null ? null : credentials.name();
        var password = credentials == null ? null : credentials.password();
        if (name == null || password == null) {
            throw SkeinException.usage("Login", "name or password is missing", "Send both");
        }
        return accounts.login(name, password);
    }

    @POST
    @Path("/logout")
    @Authenticated
    @RunOnVirtualThread
    public void logout(@HeaderParam("Authorization") String authorization) {
        accounts.logout(authorization.replaceFirst("^Bearer ", ""));
    }

    @GET
    @Path("/me")
    @Authenticated
    @RunOnVirtualThread
    public AccountView me() {
        var roles = identity.getRoles().stream().sorted().toList();
        return new AccountView(identity.getPrincipal().getName(), roles, null);
    }

    /** Where other services are; empty where that was not configured. */
    public record Services(String audit) {}

    @GET
    @Path("/services")
    @Authenticated
    @RunOnVirtualThread
    public Services services() {
        return new Services(config.auditUrl().orElse(""));
    }

    @GET
    @Path("/accounts")
    @RolesAllowed(Roles.ADMIN)
    @RunOnVirtualThread
    public List<AccountView> all() {
        return accounts.all().stream().map(AccountView::of).toList();
    }

    @PUT
    @Path("/accounts/{name}")
    @RolesAllowed(Roles.ADMIN)
    @RunOnVirtualThread
    public void put(@PathParam("name") String name, @Nullable NewAccount account) {
        var password = account == null ? null : account.password();
        var roles = account == null ? null : account.roles();
        if (password == null || roles == null) {
            throw SkeinException.usage("Account " + name, "password or roles are missing", "");
        }
        accounts.put(name, password, roles);
    }
}
