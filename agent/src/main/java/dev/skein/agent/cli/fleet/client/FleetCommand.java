// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.common.CliWords;
import dev.skein.engine.SkeinException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What commands on the fleet share: whose login to use. */
public abstract class FleetCommand extends BaseCommand {
    @Option(
            names = "--profile",
            paramLabel = "NAME",
            defaultValue = "default",
            description = "Which login to use (default: ${DEFAULT-VALUE}).")
    private String profile;

    protected String profile() {
        return profile;
    }

    /** A command to go on with, by the same login. */
    protected String hint(String... words) {
        var all = new ArrayList<String>(List.of("skein"));
        all.addAll(List.of(words));
        if (!profile.equals("default")) {
            all.addAll(List.of("--profile", profile));
        }
        return CliWords.command(all.toArray(String[]::new));
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
    protected ApiClient auditClient() {
        try (var api = client()) {
            var url = api.get("/api/services").path("audit").asText("");
            if (url.isEmpty()) {
                throw SkeinException.failed(
                        "Audit service",
                        "the control plane does not know where it is",
                        "Set skein.api.audit-url there");
            }
            return new ApiClient("Audit service", url, api.token());
        }
    }

    public boolean asJson() {
        return isJson();
    }

    public void print(String line) {
        out().result(line);
    }

    /** Since when what is gone was not seen. */
    protected static String notSeen(JsonNode gone) {
        return "not seen since " + gone.path("notSeenSince").asText();
    }

    protected static String shortHash(@Nullable String text) {
        if (text == null || text.isEmpty() || text.equals("null")) {
            return "-";
        }
        var hash = text.replaceAll("^.*[-:]", "");
        return hash.substring(0, Math.min(12, hash.length()));
    }
}
