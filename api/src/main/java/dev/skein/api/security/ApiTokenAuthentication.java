// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.security;

import io.quarkus.security.credential.TokenCredential;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.Cookie;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;

/** Takes the token from the Authorization header, or, in the console, from its cookie. */
@ApplicationScoped
public class ApiTokenAuthentication implements HttpAuthenticationMechanism {
    /** The console's cookie. */
    public static final String COOKIE = "skein_session";

    private static final String BEARER = "Bearer ";

    @Override
    public Uni<SecurityIdentity> authenticate(
            RoutingContext context, IdentityProviderManager providers) {
        var token = bearer(context).or(() -> cookie(context));
        return token.map(secret ->
                        providers.authenticate(
                                new TokenAuthenticationRequest(
                                        new TokenCredential(secret, "bearer"))))
                .orElseGet(() -> Uni.createFrom().optional(Optional.empty()));
    }

    private static Optional<String> bearer(RoutingContext context) {
        return Optional.ofNullable(context.request().getHeader("Authorization"))
                .filter(value -> value.startsWith(BEARER))
                .map(value -> value.substring(BEARER.length()).strip());
    }

    private static Optional<String> cookie(RoutingContext context) {
        // The cookie opens the console only: elsewhere a foreign page could make a browser send it.
        // A stale one must not keep anybody from logging in again.
        var path = String.valueOf(context.request().path());
        if (!path.startsWith("/console") || path.startsWith("/console/log")) {
            return Optional.empty();
        }
        return Optional.ofNullable(context.request().getCookie(COOKIE)).map(Cookie::getValue);
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        var challenge =
                "/console".equals(context.request().path())
                        ? new ChallengeData(303, "Location", "/console/login")
                        : new ChallengeData(401, "WWW-Authenticate", "Bearer");
        return Uni.createFrom().item(challenge);
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of(TokenAuthenticationRequest.class);
    }
}
