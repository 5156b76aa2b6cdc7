// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.fleet.answer.AnswerReader;
import dev.skein.agent.cli.fleet.answer.LoginGrant;
import dev.skein.agent.cli.fleet.client.ApiClient;
import dev.skein.agent.cli.fleet.client.FleetOptions;
import dev.skein.agent.cli.fleet.client.LoginSession;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.FileTrouble;
import dev.skein.engine.SkeinException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code skein login}. */
@Command(
        name = "login",
        description = "Log in to a control plane.",
        footer = {"", "  skein login https://skein.internal --name ann"})
public final class LoginCommand extends BaseCommand {
    @Mixin private final FleetOptions fleet = new FleetOptions();

    @Parameters(paramLabel = "URL", description = "The control plane's address.")
    private String url;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "The account (default: it is asked for).")
    private @Nullable String given;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "Where the password is (default: it is asked for).")
    private @Nullable Path passwordFile;

    @Override
    public Integer call() {
        try (var client = new ApiClient(url, null)) {
            var name = name();
            var asked = Map.of("name", name, "password", password(name));
            var grant = AnswerReader.read(client.post("/api/login", asked), LoginGrant.class);
            var file = LoginSession.file(fleet.profile());
            new LoginSession(url, name, grant.token()).write(file);
            out().say("Logged in as " + name + " until " + grant.expires());
        }
        return 0;
    }

    private String name() {
        if (given != null) {
            return given;
        }
        var console = System.console();
        var name = console != null && console.isTerminal() ? console.readLine("Account: ") : null;
        if (name == null || name.isBlank()) {
            throw SkeinException.usage("Account", "none was given", "Name it: --name NAME");
        }
        return name.strip();
    }

    private String password(String name) {
        try {
            return passwordFile == null ? typed(name) : Files.readString(passwordFile).strip();
        } catch (IOException e) {
            throw new SkeinException(
                    ErrorCode.USAGE,
                    "Password",
                    "it cannot be read (" + FileTrouble.inWords(e) + ")",
                    "Check --password-file",
                    e);
        }
    }

    private static String typed(String name) throws IOException {
        var console = System.console();
        if (console != null && console.isTerminal()) {
            return new String(console.readPassword("Password for %s: ", name));
        }
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var line = input.readLine();
        return line == null ? "" : line;
    }
}
