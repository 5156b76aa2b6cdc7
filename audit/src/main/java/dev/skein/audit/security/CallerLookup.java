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
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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

    /**
     * Whose a token is.
     *
     * @throws AuthenticationFailedException if it is nobody's, or that cannot be asked
     */
    SecurityIdentity identify(String token) {
        var hash = Digests.hex(Digests.sha256(token.getBytes(StandardCharsets.UTF_8)));
        return remembered(hash).orElseGet(() -> remember(hash, ask(token)));
    }

    private Optional<SecurityIdentity> remembered(String hash) {
        synchronized (known) {
            return Optional.ofNullable(known.get(hash))
                    .filter(before -> clock.instant().isBefore(before.until()))
                    .map(Known::identity);
        }
    }

    private JsonNode ask(String token) {
        var api = config.apiUrl();
        if (api.isEmpty() || !token.matches("[\\x21-\\x7e]{1,500}")) {
            throw new AuthenticationFailedException();
        }
        var request =
                HttpRequest.newBuilder(URI.create(api.get().replaceAll("/+$", "") + "/api/me"))
                        .timeout(REQUEST_TIMEOUT)
                        .header("Authorization", "Bearer " + token)
                        .build();
        try {
            return read(http.send(request, BodyHandlers.ofByteArray()));
        } catch (IOException | SkeinException e) {
            throw CallerUnknown.because(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CallerUnknown.because("interrupted");
        }
    }

    private static JsonNode read(HttpResponse<byte[]> answer) {
        if (answer.statusCode() >= 500) {
            throw CallerUnknown.because("it answered " + answer.statusCode());
        }
        if (answer.statusCode() != 200) {
            throw new AuthenticationFailedException();
        }
        return Json.read(answer.body(), JsonNode.class);
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
