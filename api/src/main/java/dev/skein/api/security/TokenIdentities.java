// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.security;

import dev.skein.api.query.AccessToken;
import dev.skein.api.query.Account;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Set;

/** Turns a token into the account it was given to, with the roles it has now. */
@ApplicationScoped
public class TokenIdentities implements IdentityProvider<TokenAuthenticationRequest> {
    private final Clock clock;

    public TokenIdentities(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Class<TokenAuthenticationRequest> getRequestType() {
        return TokenAuthenticationRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            TokenAuthenticationRequest request, AuthenticationRequestContext context) {
        var hash = BearerTokens.hash(request.getToken().getToken());
        return Panache.withSession(
                        () -> AccessToken.<AccessToken>findById(hash).chain(this::accountOf))
                .onItem()
                .ifNull()
                .failWith(AuthenticationFailedException::new)
                .map(TokenIdentities::identity);
    }

    private Uni<Account> accountOf(AccessToken token) {
        if (token == null || token.revoked || token.expiresAt.isBefore(clock.instant())) {
            return Uni.createFrom().nullItem();
        }
        return Account.findById(token.account);
    }

    private static SecurityIdentity identity(Account account) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(account.name))
                .addRoles(Set.of(account.roles))
                .build();
    }
}
