// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.common.CliWords;
import dev.skein.agent.cli.common.PositiveCount;
import dev.skein.agent.cli.fleet.answer.AnswerReader;
import dev.skein.agent.cli.fleet.answer.ListedDatabase;
import dev.skein.agent.cli.fleet.client.ApiClient;
import dev.skein.agent.cli.fleet.client.FleetName;
import dev.skein.agent.cli.fleet.client.FleetOptions;
import dev.skein.agent.cli.fleet.client.ShortHash;
import dev.skein.agent.cli.fleet.client.TextTable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
public final class TargetsCommand extends BaseCommand {
    @Mixin private final FleetOptions fleet = new FleetOptions();

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
        try (var client = fleet.client()) {
            var query = URLEncoder.encode(selector(client), StandardCharsets.UTF_8);
            var only = gone ? "&gone=true" : "";
            var list = client.list("/api/databases?select=" + query + only, limit);
            if (isJson()) {
                out().json(list);
            } else {
                print(AnswerReader.list(list, ListedDatabase.class));
            }
        }
        return 0;
    }

    private void print(List<ListedDatabase> databases) {
        var table =
                new TextTable("DATABASE", "SITE", "SERVER", "HEADS", "ENTRIES", "FINGERPRINT", "");
        for (var d : databases) {
            table.row(
                    d.name(),
                    d.site(),
                    d.server(),
                    d.heads().isEmpty() ? "base" : String.join(",", d.heads()),
                    d.seq(),
                    ShortHash.of(d.fingerprint()),
                    standing(d));
        }
        table.lines(out().width(Integer.MAX_VALUE)).forEach(out()::result);
        out().say(CliWords.counted(databases.size(), "database"));
    }

    private static String standing(ListedDatabase database) {
        var problem = database.problem();
        return database.isGone()
                ? (problem.isEmpty() ? "" : problem + "; ")
                        + "not seen since "
                        + database.notSeenSince()
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
