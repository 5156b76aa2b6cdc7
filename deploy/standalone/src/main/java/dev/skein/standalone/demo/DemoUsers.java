// SPDX-License-Identifier: Apache-2.0
package dev.skein.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.agent.cli.Skein;
import dev.skein.agent.cli.common.CliWords;
import dev.skein.agent.cli.common.Output;
import dev.skein.engine.Json;
import dev.skein.engine.SkeinException;
import dev.skein.standalone.stack.LocalStack;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The people of the demo. They use the command line as anybody would. */
final class DemoUsers {
    /** Writes revisions and proposes. */
    static final String AUTHOR = "ann";

    /** Approves. */
    static final String APPROVER = "bob";

    /** Is on call. */
    static final String OPERATOR = "olga";

    /** Reads the record. */
    static final String AUDITOR = "paul";

    private final Output out;
    private final LocalStack stack;

    DemoUsers(Output out, LocalStack stack) {
        this.out = out;
        this.stack = stack;
    }

    /** Makes their accounts and logs them in. */
    void enter() throws InterruptedException {
        // She may approve what others propose, so that only her authorship can refuse her.
        account(AUTHOR, List.of("author", "approver", "viewer"));
        account(APPROVER, List.of("approver", "viewer"));
        account(OPERATOR, List.of("operator", "viewer"));
        account(AUDITOR, List.of("auditor", "viewer"));
        for (var name : List.of(AUTHOR, APPROVER, OPERATOR, AUDITOR)) {
            must(
                    as(
                            name,
                            "login",
                            stack.apiUrl(),
                            "--name",
                            name,
                            "--password-file",
                            stack.secrets().file(name).toString()));
        }
    }

    private void account(String name, List<String> roles) throws InterruptedException {
        var file = login("default");
        try (var http = HttpClient.newHttpClient()) {
            var token = Json.read(Files.readAllBytes(file), JsonNode.class).path("token").asText();
            var body = Map.of("password", stack.secrets().get(name), "roles", roles);
            var request =
                    HttpRequest.newBuilder(URI.create(stack.apiUrl() + "/api/accounts/" + name))
                            .header("Authorization", "Bearer " + token)
                            .header("Content-Type", "application/json")
                            .PUT(BodyPublishers.ofByteArray(Json.bytes(body)))
                            .build();
            var answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 204) {
                throw SkeinException.failed("Account " + name, answer.body(), "");
            }
        } catch (IOException e) {
            throw SkeinException.failed("Account " + name, String.valueOf(e.getMessage()), "");
        }
    }

    private static Path login(String profile) {
        return Path.of(System.getenv("SKEIN_CONFIG_HOME"), profile + ".json");
    }

    private static void must(int code) {
        if (code != 0) {
            throw SkeinException.failed("The demo", "a command failed", "See above");
        }
    }

    /** Runs a command as somebody and shows it. */
    int as(String name, String... words) {
        out.say(out.dim(name + " $ skein ") + CliWords.command(words));
        return Skein.run(out, withProfile(name, words));
    }

    /** Runs a command that needs nobody's login, and shows it. */
    int alone(String... words) {
        out.say(out.dim("anybody $ skein ") + CliWords.command(words));
        return Skein.run(out, words);
    }

    /** Runs a command as somebody, quietly, and reads its JSON. */
    JsonNode ask(String name, String... words) {
        var results = new ByteArrayOutputStream();
        var quiet =
                Output.plain(new PrintStream(results, true, StandardCharsets.UTF_8), System.err);
        var all = new ArrayList<>(List.of(words));
        all.add("--json");
        must(Skein.run(quiet, withProfile(name, all.toArray(String[]::new))));
        return Json.read(results.toByteArray(), JsonNode.class);
    }

    private static String[] withProfile(String name, String... words) {
        var all = new ArrayList<>(List.of(words));
        all.add("--profile");
        all.add(name);
        return all.toArray(String[]::new);
    }
}
