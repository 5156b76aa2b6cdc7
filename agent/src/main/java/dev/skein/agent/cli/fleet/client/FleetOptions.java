// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.client;

import dev.skein.agent.cli.common.CliWords;
import dev.skein.agent.cli.fleet.answer.AnswerReader;
import dev.skein.agent.cli.fleet.answer.ServicePlaces;
import dev.skein.engine.SkeinException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Whose login a command on the fleet uses. */
public final class FleetOptions {
    private static final String USUAL = "default";

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            defaultValue = USUAL,
            description = "Which login to use (default: ${DEFAULT-VALUE}).")
    private String profile;

    /** Where that login is kept. */
    public String profile() {
        return profile;
    }

    /** A command to go on with, by the same login. */
    public String hint(String... words) {
        var all = new ArrayList<String>(List.of("skein"));
        all.addAll(List.of(words));
        all.addAll(words());
        return CliWords.command(all.toArray(String[]::new));
    }

    /** The words that name the login; none for the usual one. */
    public List<String> words() {
        return profile.equals(USUAL) ? List.of() : List.of("--profile", profile);
    }

    /** A client with the kept login, or with SKEIN_API and SKEIN_TOKEN. */
    public ApiClient client() {
        var api = System.getenv("SKEIN_API");
        var token = System.getenv("SKEIN_TOKEN");
        if (api != null && token != null) {
            return new ApiClient(api, token);
        }
        var session = LoginSession.read(LoginSession.file(profile));
        return new ApiClient(session.api(), session.token());
    }

    /** A client of the audit service, where the control plane says that it is. */
    public ApiClient auditClient() {
        try (var api = client()) {
            var url = AnswerReader.read(api.get("/api/services"), ServicePlaces.class).audit();
            if (url.isEmpty()) {
                throw SkeinException.failed(
                        "Audit service",
                        "the control plane does not know where it is",
                        "Set skein.api.audit-url there");
            }
            return new ApiClient("Audit service", url, api.token());
        }
    }
}
