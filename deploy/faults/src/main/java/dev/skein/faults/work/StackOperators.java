// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.skein.engine.Json;
import dev.skein.engine.SkeinException;
import dev.skein.faults.world.StackUnderFaults;
import dev.skein.standalone.stack.LocalStack;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The people who use the stack. They ask whichever api answers, and know what they were told. */
public final class StackOperators implements AutoCloseable {
    /** Proposes. */
    public static final String AUTHOR = "ann";

    /** Approves what others propose. */
    public static final String APPROVER = "bob";

    /** Is on call. */
    public static final String OPERATOR = "olga";

    private static final int REDIRECT = 300;
    private static final int UNAUTHORIZED = 401;
    private static final int FAULT = 500;

    /** What became of a command, as far as whoever gave it was told. */
    public enum Said {
        DONE,
        REFUSED,
        /** No answer: it was done, or it was not. */
        UNKNOWN
    }

    /**
     * An answer.
     *
     * @param body what was answered; missing where nothing was
     */
    public record Answer(Said said, JsonNode body) {}

    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final LocalStack stack;
    private final List<String> apis;
    private final List<String> audits;
    private final StackDoor door;

    public StackOperators(StackUnderFaults world) {
        this(world.stack(), world.parts("api"), world.parts("audit"), PATIENCE);
    }

    /**
     * Those of another stack.
     *
     * @param apis the names of the replicas that they ask
     * @param audits the same of the audit service
     * @param patience how long an answer may take
     */
    public StackOperators(
            LocalStack stack, List<String> apis, List<String> audits, Duration patience) {
        this.stack = stack;
        this.apis = List.copyOf(apis);
        this.audits = List.copyOf(audits);
        this.door = new StackDoor(stack, apis, patience);
    }

    /** Makes the accounts. */
    public void open() throws InterruptedException {
        var roles =
                Map.of(
                        AUTHOR, List.of("author", "approver", "viewer"),
                        APPROVER, List.of("approver", "viewer"),
                        OPERATOR, List.of("operator", "admin", "viewer"));
        for (var one : roles.entrySet()) {
            var account =
                    Map.of("password", stack.secrets().get(one.getKey()), "roles", one.getValue());
            var put = BodyPublishers.ofByteArray(Json.bytes(account));
            if (send("admin", "PUT", "/api/accounts/" + one.getKey(), put).said() != Said.DONE) {
                throw SkeinException.failed("Account " + one.getKey(), "it was not made", "");
            }
        }
    }

    /** Gives a command. */
    public Answer post(String who, String path, Object body) throws InterruptedException {
        return send(who, "POST", path, BodyPublishers.ofByteArray(Json.bytes(body)));
    }

    /** Asks; the answer is missing where nobody answers. */
    public JsonNode get(String who, String path) throws InterruptedException {
        var answer = send(who, "GET", path, BodyPublishers.noBody());
        return answer.said() == Said.DONE ? answer.body() : MissingNode.getInstance();
    }

    /** The same, as it was sent. */
    public byte[] bytes(String who, String path) throws IOException, InterruptedException {
        var answer = door.exchange(apis.getFirst(), who, "GET", path, "", BodyPublishers.noBody());
        if (answer.statusCode() >= REDIRECT) {
            throw new IOException(path + " was answered with " + answer.statusCode());
        }
        return answer.body();
    }

    /**
     * Asks for something of any kind, or whether it is still what somebody has.
     *
     * @param tag of what they have; empty for nothing
     */
    public HttpResponse<byte[]> again(String who, String path, String tag)
            throws IOException, InterruptedException {
        return door.look(apis.getFirst(), who, path, tag);
    }

    /** Pushes a bundle. */
    public void push(byte[] bundle) throws InterruptedException {
        var body = BodyPublishers.ofByteArray(bundle);
        if (send(AUTHOR, "POST", "/api/bundles", body, "application/vnd.skein.bundle").said()
                != Said.DONE) {
            throw SkeinException.failed("Bundle", "it was not taken", "");
        }
    }

    private Answer send(String who, String method, String path, HttpRequest.BodyPublisher body)
            throws InterruptedException {
        return send(who, method, path, body, "application/json");
    }

    private Answer send(
            String who, String method, String path, HttpRequest.BodyPublisher body, String type)
            throws InterruptedException {
        var last = new Answer(Said.UNKNOWN, MissingNode.getInstance());
        for (var api : path.startsWith("/api/audit") ? audits : apis) {
            try {
                return judged(who, door.exchange(api, who, method, path, type, body));
            } catch (ConnectException e) {
                last = new Answer(Said.REFUSED, MissingNode.getInstance()); // it was not even heard
            } catch (IOException e) {
                return new Answer(Said.UNKNOWN, MissingNode.getInstance());
            }
        }
        return last;
    }

    private Answer judged(String who, HttpResponse<byte[]> answer) {
        int status = answer.statusCode();
        if (status == UNAUTHORIZED) {
            door.forget(who);
        }
        var said = status < REDIRECT ? Said.DONE : status < FAULT ? Said.REFUSED : Said.UNKNOWN;
        return new Answer(said, body(answer));
    }

    private static JsonNode body(HttpResponse<byte[]> answer) {
        try {
            return answer.body().length == 0
                    ? MissingNode.getInstance()
                    : Json.read(answer.body(), JsonNode.class);
        } catch (SkeinException e) {
            return MissingNode.getInstance(); // an error page
        }
    }

    @Override
    public void close() {
        door.close();
    }
}
