// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.skein.agent.cli.Skein;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What a control plane says, path by path, and the command line that asks it. */
public final class FakeControl implements AutoCloseable {
    /** Closes without a word, as a process does that is killed. */
    public static final String CUT = "cut";

    /** Answers that something it needs is away. */
    public static final String AWAY = "away";

    private final HttpServer api;
    private final Map<String, Deque<String>> answers = new ConcurrentHashMap<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();

    private final Set<String> paged = ConcurrentHashMap.newKeySet();
    private final AtomicInteger unchanged = new AtomicInteger();
    private volatile boolean tags;

    /** How a command ended. */
    public record Ended(int code, String said) {}

    public FakeControl() throws IOException {
        api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.createContext("/", this::answer);
        api.start();
    }

    /** Where it listens. */
    String address() {
        return "http://127.0.0.1:" + api.getAddress().getPort();
    }

    /** Answers a path so, one after the other; the last one again and again. */
    public void answers(String path, String... all) {
        answers.put(path, new ConcurrentLinkedDeque<>(List.of(all)));
    }

    /** Answers a path page by page, each with the way to the next one. */
    void pages(String path, String... all) {
        answers(path, all);
        paged.add(path);
    }

    /** Gives each answer a tag, and answers who has it already that nothing has changed. */
    public void tags() {
        tags = true;
    }

    /** How often nothing had changed. */
    public int unchanged() {
        return unchanged.get();
    }

    /** What was sent, in its order. */
    List<String> bodies() {
        return bodies;
    }

    /** What was asked, each with what was sent, in its order. */
    Queue<String> asked() {
        return asked;
    }

    private void answer(HttpExchange exchange) throws IOException {
        var sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(exchange.getRequestURI() + sent);
        if (!sent.isEmpty()) {
            bodies.add(sent);
        }
        var known = answers.getOrDefault(exchange.getRequestURI().getPath(), new ArrayDeque<>());
        var answer = known.size() > 1 ? known.poll() : known.peek();
        if (answer == null) {
            exchange.sendResponseHeaders(404, -1);
        } else if (answer.equals(AWAY)) {
            exchange.getResponseHeaders().add("Content-Type", "application/problem+json");
            write(exchange, 503, "{\"title\": \"Db\", \"detail\": \"it is away\"}");
        } else if (!answer.equals(CUT)) {
            if (paged.contains(exchange.getRequestURI().getPath())
                    && !answer.equals(known.peek())) {
                var next = exchange.getRequestURI().getPath() + "?after=" + known.size();
                exchange.getResponseHeaders().add("Link", "<" + next + ">; rel=\"next\"");
            }
            answer(exchange, answer);
        }
        exchange.close();
    }

    private void answer(HttpExchange exchange, String text) throws IOException {
        var tag = "\"" + text.hashCode() + "\"";
        if (tags) {
            exchange.getResponseHeaders().add("ETag", tag);
        }
        if (tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            unchanged.incrementAndGet();
            exchange.sendResponseHeaders(304, -1);
        } else {
            write(exchange, 200, text);
        }
    }

    private static void write(HttpExchange exchange, int status, String text) throws IOException {
        var body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    public Ended run(String... words) throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command =
                new ArrayList<>(
                        List.of(
                                java,
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Skein.class.getName()));
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("SKEIN_API", address());
        builder.environment().put("SKEIN_TOKEN", "token");
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return new Ended(process.exitValue(), said);
    }

    @Override
    public void close() {
        api.stop(0);
    }
}
