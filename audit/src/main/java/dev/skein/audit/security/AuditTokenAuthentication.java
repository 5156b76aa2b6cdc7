// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.security;

import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.virtual.threads.VirtualThreads;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;

/** Takes the token from the Authorization header. */
@ApplicationScoped
public class AuditTokenAuthentication implements HttpAuthenticationMechanism {
    private static final String BEARER = "Bearer ";

    private final CallerLookup callers;
    private final ExecutorService threads;

    public AuditTokenAuthentication(CallerLookup callers, @VirtualThreads ExecutorService threads) {
        this.callers = callers;
        this.threads = threads;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            RoutingContext context, IdentityProviderManager providers) {
        var header = context.request().getHeader("Authorization");
        return header == null || !header.startsWith(BEARER)
                ? Uni.createFrom().optional(Optional.empty())
                : identify(header.substring(BEARER.length()).strip());
    }

    private Uni<SecurityIdentity> identify(String token) {
        // What is done with the answer belongs to the request, and so to its thread.
        var here = Objects.requireNonNull(Vertx.currentContext(), "not asked by a request");
        return Uni.createFrom()
                .item(() -> callers.identify(token))
                .runSubscriptionOn(threads)
                .emitOn(work -> here.runOnContext(nothing -> work.run()));
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", "Bearer"));
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of();
    }
}
