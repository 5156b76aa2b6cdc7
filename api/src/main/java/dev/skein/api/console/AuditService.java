// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.console;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.api.config.ApiConfig;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.Json;
import dev.skein.engine.SkeinException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks the audit service on behalf of who looks at a page, with that person's own token. */
@ApplicationScoped
public class AuditService {
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(20);
    private static final Pattern NEXT = Pattern.compile("<(/[^>]*)>; rel=\"next\"");

    private final ApiConfig config;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .connectTimeout(Duration.ofSeconds(5))
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();

    public AuditService(ApiConfig config) {
        this.config = config;
    }

    /**
     * Asks.
     *
     * @param path with its query
     * @throws SkeinException if it does not answer, or refuses
     */
    JsonNode get(String path, String token) {
        return read(send(path, token));
    }

    private HttpResponse<byte[]> send(String path, String token) {
        try {
            return http.send(request(path, token), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new SkeinException(
                    ErrorCode.FAILED, "Audit service", "it does not answer", "Is it up?", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SkeinException(ErrorCode.INTERRUPTED, "Audit service", "interrupted", "", e);
        }
    }

    /** All rows of a list, however many pages those are. */
    List<JsonNode> list(String path, String token) {
        var rows = new ArrayList<JsonNode>();
        var next = Optional.of(path);
        while (next.isPresent()) {
            var answer = send(next.get(), token);
            read(answer).forEach(rows::add);
            next =
                    answer.headers()
                            .firstValue("Link")
                            .map(NEXT::matcher)
                            .filter(Matcher::matches)
                            .map(found -> found.group(1));
        }
        return rows;
    }

    private static JsonNode read(HttpResponse<byte[]> answer) {
        var body = Json.read(answer.body(), JsonNode.class);
        if (answer.statusCode() != 200) {
            throw SkeinException.failed(
                    "Audit service", body.path("detail").asText("it refuses"), "");
        }
        return body;
    }

    private HttpRequest request(String path, String token) {
        var base =
                config.auditUrl()
                        .orElseThrow(() ->
                                SkeinException.failed(
                                        "Audit service",
                                        "this control plane does not know where it is",
                                        "Set skein.api.audit-url"));
        return HttpRequest.newBuilder(URI.create(base + path))
                .header("Authorization", "Bearer " + token)
                .timeout(REQUEST_TIMEOUT)
                .build();
    }

    @PreDestroy
    void close() {
        http.close();
    }
}
