// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults.work;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.engine.Json;
import dev.skein.standalone.stack.LocalStack;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Requests to the parts of a stack, each with the token of whoever asks. */
final class StackDoor implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(8);
    private static final int REDIRECT = 300;

    private final LocalStack stack;
    private final List<String> apis;
    private final Duration patience;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
    private final Map<String, String> tokens = new ConcurrentHashMap<>();

    /**
     * @param patience how long an answer may take
     */
    StackDoor(LocalStack stack, List<String> apis, Duration patience) {
        this.stack = stack;
        this.patience = patience;
        this.apis = List.copyOf(apis);
    }

    /** Lets somebody log in anew. */
    void forget(String who) {
        tokens.remove(who);
    }

    /**
     * Asks a part.
     *
     * @param who asks; empty for nobody
     * @throws ConnectException if it does not listen, or nobody lets them in
     */
    HttpResponse<byte[]> exchange(
            String part,
            String who,
            String method,
            String path,
            String type,
            HttpRequest.BodyPublisher body)
            throws IOException, InterruptedException {
        var request = request(part, who, path).method(method, body);
        request.header("Accept", "application/json");
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    /**
     * Asks a part for something of any kind, or whether it is still what somebody has.
     *
     * @param tag of what they have; empty for nothing
     */
    HttpResponse<byte[]> look(String part, String who, String path, String tag)
            throws IOException, InterruptedException {
        var request = request(part, who, path).header("Accept", "*/*").GET();
        if (!tag.isEmpty()) {
            request.header("If-None-Match", tag);
        }
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    private HttpRequest.Builder request(String part, String who, String path)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + stack.port(part) + path))
                        .timeout(patience);
        return who.isEmpty() ? request : request.header("Authorization", "Bearer " + token(who));
    }

    private String token(String who) throws IOException, InterruptedException {
        var known = tokens.get(who);
        if (known != null) {
            return known;
        }
        for (var api : apis) {
            var token = login(api, who);
            if (token.isPresent()) {
                tokens.put(who, token.get());
                return token.get();
            }
        }
        throw new ConnectException("nobody lets " + who + " in");
    }

    private Optional<String> login(String api, String who)
            throws IOException, InterruptedException {
        var words = Map.of("name", who, "password", stack.secrets().get(who));
        var body = BodyPublishers.ofByteArray(Json.bytes(words));
        try {
            var answer = exchange(api, "", "POST", "/api/login", "application/json", body);
            return answer.statusCode() < REDIRECT
                    ? Optional.of(Json.read(answer.body(), JsonNode.class).path("token").asText())
                    : Optional.empty();
        } catch (ConnectException e) {
            return Optional.empty(); // the other one may
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
