// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.security;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.audit.config.AuditConfig;
import dev.skein.engine.Digests;
import dev.skein.engine.Json;
import dev.skein.engine.SkeinException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Asks the control plane whose a token is. An answer is good for some seconds; a token that was
 * revoked is refused after them.
 */
@ApplicationScoped
class CallerLookup {
    private static final Duration GOOD = Duration.ofSeconds(15);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);
    private static final int MOST = 1000;

    private final HttpClient http =
            HttpClient.newBuilder()
                    .connectTimeout(REQUEST_TIMEOUT)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
    private final AuditConfig config;
    private final Clock clock = Clock.systemUTC();
    private final Map<String, Known> known = new LinkedHashMap<>();

    private record Known(SecurityIdentity identity, Instant until) {}

    CallerLookup(AuditConfig config) {
        this.config = config;
    }

    Uni<SecurityIdentity> identify(String token) {
        var hash = Digests.hex(Digests.sha256(token.getBytes(StandardCharsets.UTF_8)));
        synchronized (known) {
            var before = known.get(hash);
            if (before != null && clock.instant().isBefore(before.until())) {
                return Uni.createFrom().item(before.identity());
            }
        }
        var api = config.apiUrl();
        if (api.isEmpty() || !token.matches("[\\x21-\\x7e]{1,500}")) {
            return Uni.createFrom().failure(new AuthenticationFailedException());
        }
        var request =
                HttpRequest.newBuilder(URI.create(api.get().replaceAll("/+$", "") + "/api/me"))
                        .timeout(REQUEST_TIMEOUT)
                        .header("Authorization", "Bearer " + token)
                        .build();
        // What is done with the answer belongs to the request, and so to its thread.
        var here = Objects.requireNonNull(Vertx.currentContext(), "not asked by a request");
        return Uni.createFrom()
                .completionStage(() -> http.sendAsync(request, BodyHandlers.ofByteArray()))
                .emitOn(work -> here.runOnContext(nothing -> work.run()))
                .map(answer -> {
                    if (answer.statusCode() >= 500) {
                        throw CallerUnknown.because("it answered " + answer.statusCode());
                    }
                    if (answer.statusCode() != 200) {
                        throw new AuthenticationFailedException();
                    }
                    return remember(hash, Json.read(answer.body(), JsonNode.class));
                })
                .onFailure(e -> e instanceof IOException || e instanceof SkeinException)
                .transform(e -> CallerUnknown.because(String.valueOf(e.getMessage())));
    }

    private SecurityIdentity remember(String hash, JsonNode me) {
        Set<String> roles = new HashSet<>();
        me.path("roles").forEach(role -> roles.add(role.asText()));
        SecurityIdentity identity =
                QuarkusSecurityIdentity.builder()
                        .setPrincipal(new QuarkusPrincipal(me.path("name").asText()))
                        .addRoles(roles)
                        .build();
        synchronized (known) {
            known.values().removeIf(old -> clock.instant().isAfter(old.until()));
            if (known.size() < MOST) {
                known.put(hash, new Known(identity, clock.instant().plus(GOOD)));
            }
        }
        return identity;
    }
}
