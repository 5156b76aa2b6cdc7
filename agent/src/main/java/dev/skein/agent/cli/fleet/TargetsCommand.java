// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.agent.cli.common.CliWords;
import dev.skein.agent.cli.common.PositiveCount;
import dev.skein.agent.cli.fleet.client.ApiClient;
import dev.skein.agent.cli.fleet.client.FleetCommand;
import dev.skein.agent.cli.fleet.client.FleetName;
import dev.skein.agent.cli.fleet.client.TextTable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code skein targets}. */
@Command(
        name = "targets",
        description = "List the databases of the fleet.",
        footer = {
            "",
            "  skein targets eu/tenant_07",
            "  skein targets --select \"region = eu and name = tenant_*\"",
            "  skein targets --gone"
        },
        subcommands = TargetsForgetCommand.class)
public final class TargetsCommand extends FleetCommand {
    @Parameters(paramLabel = FleetName.LABEL, arity = "0..1", description = "Only this one.")
    private @Nullable String database;

    @Option(
            names = "--select",
            paramLabel = "SELECTOR",
            defaultValue = "",
            description = "For example: site = eu and name = tenant_*")
    private String select;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "1000",
            converter = PositiveCount.class,
            description = "At most so many.")
    private int limit;

    @Option(names = "--gone", description = "Only those that are not there any more.")
    private boolean gone;

    @Override
    public Integer call() {
        try (var client = client()) {
            var query = URLEncoder.encode(selector(client), StandardCharsets.UTF_8);
            var only = gone ? "&gone=true" : "";
            var list = client.get("/api/databases?limit=" + limit + only + "&select=" + query);
            if (isJson()) {
                out().json(list);
                return 0;
            }
            var table =
                    new TextTable(
                            "DATABASE", "SITE", "SERVER", "HEADS", "ENTRIES", "FINGERPRINT", "");
            for (var d : list) {
                var heads = new ArrayList<String>();
                d.path("heads").forEach(head -> heads.add(head.asText()));
                table.row(
                        d.path("name").asText(),
                        d.path("site").asText(),
                        d.path("server").asText(),
                        heads.isEmpty() ? "base" : String.join(",", heads),
                        d.path("seq").asLong(),
                        shortHash(d.path("fingerprint").asText()),
                        standing(d));
            }
            table.lines(out().width(Integer.MAX_VALUE)).forEach(out()::result);
            out().say(CliWords.counted(list.size(), "database"));
        }
        return 0;
    }

    private static String standing(JsonNode database) {
        var problem = database.path("problem").asText("");
        return database.hasNonNull("notSeenSince")
                ? (problem.isEmpty() ? "" : problem + "; ") + notSeen(database)
                : problem;
    }

    private String selector(ApiClient client) {
        if (database == null) {
            return select;
        }
        var one = "uid = " + FleetName.parse(database).uid(client);
        return select.isBlank() ? one : one + " and " + select;
    }
}
