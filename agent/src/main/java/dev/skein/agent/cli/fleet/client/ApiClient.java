// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.skein.agent.cli.fleet.answer.AnswerReader;
import dev.skein.agent.cli.fleet.answer.ToldProblem;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.Json;
import dev.skein.engine.SkeinException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Speaks to the control plane; its problem documents become errors here. Follows no redirects. */
public final class ApiClient implements AutoCloseable {
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);
    private static final Pattern NEXT = Pattern.compile("<(/[^>]*)>\\s*;\\s*rel=\"?next\"?");
    private static final int ERROR = 300;
    private static final int UNCHANGED = 304;
    private static final int BAD_REQUEST = 400;
    private static final int UNAVAILABLE = 503;

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(REQUEST_TIMEOUT).build();
    private final String base;
    private final @Nullable String token;
    private final String service;
    private @Nullable Seen seen;

    /** What was answered last, with its tag. */
    private record Seen(String path, String tag, JsonNode body) {}

    public ApiClient(String base, @Nullable String token) {
        this("Control plane", base, token);
    }

    /** A client of another service, called by its name. */
    public ApiClient(String service, String base, @Nullable String token) {
        this.service = service;
        this.base = base.replaceAll("/+$", "");
        this.token = token;
        if (!this.base.matches("https?://[^/\\s]+.*")) {
            throw SkeinException.usage(
                    service + " '" + base + "'",
                    "this is no http address",
                    "Write http://host:port");
        }
    }

    @Nullable String token() {
        return token;
    }

    public JsonNode get(String path) {
        return send(request(path).GET());
    }

    /** What somebody looks at again and again: what is as it was is not sent once more. */
    public JsonNode again(String path) {
        var before = seen != null && seen.path().equals(path) ? seen : null;
        var asked = request(path).GET();
        if (before != null) {
            asked.header("If-None-Match", before.tag());
        }
        return exchange(asked, BodyHandlers.ofByteArray(), answer -> looked(path, before, answer));
    }

    private JsonNode looked(String path, @Nullable Seen before, HttpResponse<byte[]> answer) {
        if (before != null && answer.statusCode() == UNCHANGED) {
            return before.body();
        }
        var body = read(answer);
        seen =
                answer.headers()
                        .firstValue("ETag")
                        .map(tag -> new Seen(path, tag, body))
                        .orElse(null);
        return body;
    }

    /** The first so many rows of a list, however many pages those are. */
    public JsonNode list(String path, int most) {
        var rows = JsonNodeFactory.instance.arrayNode();
        var next = Optional.of(path);
        while (next.isPresent() && rows.size() < most) {
            next = page(next.get(), row -> add(row, rows, most));
        }
        return rows;
    }

    private static void add(JsonNode row, ArrayNode rows, int most) {
        if (rows.size() < most) {
            rows.add(row);
        }
    }

    /** Takes all rows of a list, page by page: no more than one is held. */
    public void rows(String path, Consumer<JsonNode> taker) {
        var next = Optional.of(path);
        while (next.isPresent()) {
            next = page(next.get(), taker);
        }
    }

    /** Takes a page's rows; gives the path of the one behind it. */
    private Optional<String> page(String path, Consumer<JsonNode> taker) {
        return exchange(
                request(path).GET(),
                BodyHandlers.ofByteArray(),
                answer -> {
                    read(answer).forEach(taker);
                    return next(answer);
                });
    }

    private static Optional<String> next(HttpResponse<byte[]> answer) {
        return answer.headers().allValues("Link").stream()
                .map(NEXT::matcher)
                .filter(Matcher::matches)
                .map(found -> found.group(1))
                .findFirst();
    }

    /** Writes an answer's bytes as they come. */
    public void download(String path, OutputStream to) {
        var asked = request(path).setHeader("Accept", "*/*").GET();
        exchange(asked, BodyHandlers.ofInputStream(), answer -> pour(answer, to));
    }

    private boolean pour(HttpResponse<InputStream> answer, OutputStream to) throws IOException {
        try (var body = answer.body()) {
            if (answer.statusCode() >= ERROR) {
                throw problem(answer.statusCode(), answer.headers(), body.readAllBytes());
            }
            body.transferTo(to);
            return true;
        }
    }

    public JsonNode post(String path, Object body) {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(Json.bytes(body))));
    }

    public JsonNode postBundle(byte[] content, String digest) {
        return send(
                request("/api/bundles")
                        .header("Content-Type", "application/vnd.skein.bundle")
                        .header("Skein-Digest", digest)
                        .POST(BodyPublishers.ofByteArray(content)));
    }

    private HttpRequest.Builder request(String path) {
        var builder =
                HttpRequest.newBuilder(URI.create(base + path))
                        .timeout(REQUEST_TIMEOUT)
                        .header("Accept", "application/json");
        return token == null ? builder : builder.header("Authorization", "Bearer " + token);
    }

    private JsonNode send(HttpRequest.Builder asked) {
        return exchange(asked, BodyHandlers.ofByteArray(), this::read);
    }

    private JsonNode read(HttpResponse<byte[]> answer) {
        if (answer.statusCode() >= ERROR) {
            throw problem(answer.statusCode(), answer.headers(), answer.body());
        }
        return answer.body().length == 0
                ? MissingNode.getInstance()
                : Json.read(answer.body(), JsonNode.class);
    }

    /** Takes what is answered. */
    private interface Taker<B, T> {
        T take(HttpResponse<B> answer) throws IOException;
    }

    private <B, T> T exchange(HttpRequest.Builder asked, BodyHandler<B> body, Taker<B, T> taker) {
        try {
            return taker.take(http.send(asked.build(), body));
        } catch (ConnectException e) {
            throw unreachable("nothing accepts connections there", e);
        } catch (IOException e) {
            throw unreachable(String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SkeinException(ErrorCode.INTERRUPTED, service, "interrupted", "", e);
        }
    }

    /** Whether it is on this machine, where a stack can be started. */
    private boolean isHere() {
        return base.matches("https?://(127\\.\\d+\\.\\d+\\.\\d+|localhost|\\[::1\\])(:.*|/.*)?");
    }

    private SkeinException unreachable(String found, Exception e) {
        return new NoAnswer(
                service + " " + base,
                found,
                isHere()
                        ? "Is it up? Start the stack of this machine: skein up"
                        : "Is it up, and is this its address?",
                e);
    }

    private SkeinException problem(int status, HttpHeaders headers, byte[] body) {
        var type = headers.firstValue("Content-Type").orElse("");
        if (!type.startsWith("application/problem+json")) {
            var text = new String(body, StandardCharsets.UTF_8);
            return SkeinException.failed(
                    service + " " + base,
                    "it answered " + status + " " + text.lines().findFirst().orElse(""),
                    "Is this the address of the " + service.toLowerCase(Locale.ROOT) + "?");
        }
        var told = AnswerReader.read(Json.read(body, JsonNode.class), ToldProblem.class);
        if (status == UNAVAILABLE) {
            return new NoAnswer(told.title(), told.detail(), told.remedy(), null);
        }
        var code = status == BAD_REQUEST ? ErrorCode.USAGE : ErrorCode.FAILED;
        return new SkeinException(code, told.title(), told.detail(), told.remedy());
    }

    @Override
    public void close() {
        http.close();
    }
}
