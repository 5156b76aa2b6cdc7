// SPDX-License-Identifier: Apache-2.0
package dev.skein.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.agent.cli.Skein;
import dev.skein.agent.cli.common.Output;
import dev.skein.engine.Json;
import dev.skein.engine.server.DisposableFolder;
import dev.skein.engine.server.FolderTrees;
import dev.skein.standalone.stack.Archiver;
import dev.skein.standalone.stack.LocalStack;
import dev.skein.standalone.stack.StackHome;
import dev.skein.standalone.stack.StackPart;
import dev.skein.standalone.stack.StackSupervisor;
import dev.skein.standalone.stack.StackWiring;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The stack as {@code skein up} runs it, with two agents a site, in a folder of its own. */
final class RunningStack {
    /** Processes are killed here, machines are not. */
    private static final StackWiring DISPOSABLE =
            new StackWiring() {
                @Override
                public Map<String, String> settings(String part) {
                    return part.startsWith("postgres") ? Map.of("fsync", "off") : Map.of();
                }
            };

    final StackHome home;
    final LocalStack stack;
    final Output out = Output.plain(System.out, System.err);
    private final StackSupervisor supervisor;
    private final List<StackPart> parts = new ArrayList<>();
    private final Thread watcher;
    private final Archiver archiver = new Archiver(out::say);

    RunningStack() throws IOException, InterruptedException {
        var data = DisposableFolder.create("skein-e2e");
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
        home = new StackHome(Path.of(System.getProperty("skein.root")), data);
        stack = new LocalStack(home, 2, 1, DISPOSABLE);
        supervisor = new StackSupervisor(home, out::say);
        var groups = stack.groups();
        supervisor.start(groups.getFirst());
        stack.createDatabases();
        for (var group : groups.subList(1, groups.size())) {
            supervisor.start(group);
        }
        groups.forEach(parts::addAll);
        watcher = Thread.ofPlatform().daemon().start(this::watch);
        logIn("default", "admin");
        account("second", List.of("approver", "viewer")); // approves what admin proposes
        logIn("second", "second");
        archiver.start(stack); // the next one starts faster
    }

    private void logIn(String profile, String name) {
        int code =
                Skein.run(
                        out,
                        "login",
                        stack.apiUrl(),
                        "--profile",
                        profile,
                        "--name",
                        name,
                        "--password-file",
                        stack.secrets().file(name).toString());
        if (code != 0) {
            throw new IllegalStateException("login failed");
        }
    }

    /** Makes an account; its password is among the stack's secrets. */
    void account(String name, List<String> roles) throws IOException, InterruptedException {
        account(stack.apiUrl(), name, stack.secrets().get(name), roles);
    }

    /** Makes an account at a control plane, with whoever is logged in there. */
    static void account(String api, String name, String password, List<String> roles)
            throws IOException, InterruptedException {
        var file = Path.of(System.getenv("SKEIN_CONFIG_HOME"), "default.json");
        var token = Json.read(Files.readAllBytes(file), JsonNode.class).path("token").asText();
        var body = Map.of("password", password, "roles", roles);
        try (var http = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(URI.create(api + "/api/accounts/" + name))
                            .header("Authorization", "Bearer " + token)
                            .header("Content-Type", "application/json")
                            .PUT(BodyPublishers.ofByteArray(Json.bytes(body)))
                            .build();
            int status = http.send(request, BodyHandlers.ofString()).statusCode();
            if (status != 204) {
                throw new IllegalStateException("account " + name + ": " + status);
            }
        }
    }

    private void watch() {
        try {
            supervisor.watch();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until what later starts are faster with has been made. */
    void awaitArchives() throws InterruptedException {
        archiver.join();
    }

    private StackPart part(String name) {
        return parts.stream().filter(part -> part.name().equals(name)).findFirst().orElseThrow();
    }

    /** The process of a part. */
    ProcessHandle process(String name) {
        return part(name).process().toHandle();
    }

    /** Whether a part serves now. */
    boolean isReady(String name) {
        return part(name).isReady();
    }

    /** Sends a signal to a part's process. */
    void signal(String signal, String name) throws IOException, InterruptedException {
        var pid = String.valueOf(process(name).pid());
        int code = new ProcessBuilder("kill", "-" + signal, pid).inheritIO().start().waitFor();
        if (code != 0) {
            throw new IllegalStateException("kill -" + signal + " " + name + " failed");
        }
        out.say("kill -" + signal + " " + name);
    }

    /** Stops everything. */
    void close() throws IOException, InterruptedException {
        archiver.close();
        watcher.interrupt();
        supervisor.close();
        watcher.join();
        keepLogs();
        FolderTrees.delete(home.data());
    }

    /** For whoever wants to know; the data has served. */
    private void keepLogs() throws IOException {
        var kept = Path.of("target", "stack-logs");
        FolderTrees.delete(kept);
        Files.createDirectories(kept);
        try (var logs = Files.list(home.data().resolve("log"))) {
            for (var log : logs.toList()) {
                Files.copy(log, kept.resolve(log.getFileName()));
            }
        }
    }
}
