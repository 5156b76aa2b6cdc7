// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.security;

import dev.skein.api.command.Roles;
import dev.skein.api.config.ApiConfig;
import dev.skein.api.query.AccessToken;
import dev.skein.api.query.Account;
import dev.skein.api.query.BlockingCalls;
import dev.skein.engine.SkeinException;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/**
 * Logs people in and keeps their accounts. Passwords are hashed by the worker pool: for so long, a
 * virtual thread would keep all others from its carrier.
 */
@ApplicationScoped
public class Accounts {
    private static final int SHORTEST = 10;
    // Compared with when there is no such account, so that both cases take equally long.
    private static final String NOBODY = PasswordHashes.hash("nobody has this password");

    private final Vertx vertx;
    private final Clock clock;
    private final ApiConfig config;

    public Accounts(Vertx vertx, Clock clock, ApiConfig config) {
        this.vertx = vertx;
        this.clock = clock;
        this.config = config;
    }

    /** A login: the token is told this once. */
    public record Login(String account, String token, java.time.Instant expires) {}

    /** Gives a token for a password; fails alike for an unknown name and a wrong password. */
    public Login login(String name, String password) {
        var account = BlockingCalls.inSession(() -> Account.<Account>findById(name));
        var hash = account == null ? NOBODY : account.passwordHash;
        boolean fits =
                vertx.executeBlockingAndAwait(() -> PasswordHashes.fits(password, hash), false);
        if (account == null || !fits) {
            throw new WrongLogin();
        }
        return grant(account);
    }

    private Login grant(Account account) {
        var secret = BearerTokens.create();
        var token = new AccessToken();
        token.hash = BearerTokens.hash(secret);
        token.account = account.name;
        token.createdAt = clock.instant();
        token.expiresAt = clock.instant().plus(config.tokenLifetime());
        BlockingCalls.inTransaction(token::<AccessToken>persist);
        return new Login(account.name, secret, token.expiresAt);
    }

    /** Makes a token worthless. */
    public void logout(String secret) {
        var hash = BearerTokens.hash(secret);
        BlockingCalls.inTransaction(
                () -> AccessToken.update("revoked = true where hash = ?1", hash));
    }

    /** Makes an account, or gives an existing one a new password and roles. */
    public void put(String name, String password, Set<String> roles) {
        check(name, password, roles);
        var hash = vertx.executeBlockingAndAwait(() -> PasswordHashes.hash(password), false);
        BlockingCalls.inTransaction(
                () -> Account.<Account>findById(name).chain(old -> write(old, name, hash, roles)));
    }

    private Uni<Account> write(Account old, String name, String hash, Set<String> roles) {
        var account = old == null ? new Account() : old;
        account.passwordHash = hash;
        account.roles = roles.stream().sorted().toArray(String[]::new);
        if (old != null) {
            return AccessToken.update("revoked = true where account = ?1", name).replaceWith(old);
        }
        account.name = name;
        account.createdAt = clock.instant();
        return account.persist();
    }

    static void check(String name, String password, Set<String> roles) {
        if (!name.matches("[a-z0-9][a-z0-9._-]{0,62}")) {
            throw SkeinException.usage(
                    "Account '" + name + "'", "this is no name", "Use a-z, 0-9, '.', '_', '-'");
        }
        if (password.length() < SHORTEST) {
            throw SkeinException.usage(
                    "Account " + name,
                    "its password is shorter than " + SHORTEST + " characters",
                    "Choose a longer one");
        }
        var unknown = roles.stream().filter(role -> !Roles.ALL.contains(role)).sorted().toList();
        if (!unknown.isEmpty() || roles.isEmpty()) {
            throw SkeinException.usage(
                    "Account " + name,
                    "its roles are " + roles,
                    "Known are " + Roles.ALL.stream().sorted().toList());
        }
    }

    /** The accounts by name, without their hashes. */
    public List<Account> all() {
        return BlockingCalls.inSession(() -> Account.<Account>listAll(Sort.by("name")));
    }
}
