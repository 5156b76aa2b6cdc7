// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet;

import dev.skein.agent.cli.common.GroupCommand;
import dev.skein.agent.cli.fleet.client.ApiClient;
import dev.skein.agent.cli.fleet.client.FleetCommand;
import dev.skein.agent.cli.fleet.client.FleetName;
import dev.skein.agent.cli.fleet.client.TextTable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code skein backup …}. */
@Command(
        name = "backup",
        description = "See which backups there are, and which of them were tried.",
        subcommands = BackupCommand.ListAll.class)
public final class BackupCommand extends GroupCommand {
    private static final int DIGITS = 12;

    private BackupCommand() {}

    /** Lists. */
    @Command(name = "list", description = "List backups, newest first.")
    static final class ListAll extends FleetCommand {
        @Option(names = "--rollout", paramLabel = "NAME", description = "Taken before this one.")
        private @Nullable String rollout;

        @Option(
                names = {"-d", "--database"},
                paramLabel = FleetName.LABEL,
                description = "Of this database.")
        private @Nullable String database;

        @Override
        public Integer call() {
            try (var client = client()) {
                var list =
                        client.get(
                                "/api/backups?"
                                        + query("rollout", rollout)
                                        + query(
                                                "database",
                                                database == null ? null : named(client, database)));
                if (isJson()) {
                    out().json(list);
                    return 0;
                }
                var table =
                        new TextTable(
                                "DATABASE",
                                "TAKEN",
                                "BEFORE",
                                "WHAT",
                                "ROWS",
                                "KB",
                                "TRIED",
                                "SHA256");
                for (var b : list) {
                    table.row(
                            FleetName.printed(b, "database"),
                            b.path("takenAt").asText(),
                            b.path("rollout").asText(),
                            b.path("extent").asText(),
                            b.path("rows").asLong(),
                            b.path("bytes").asLong() / 1024,
                            b.path("trial").asText(),
                            b.path("sha256").asText().substring(0, DIGITS));
                }
                table.lines(out().width(Integer.MAX_VALUE)).forEach(out()::result);
            }
            return 0;
        }

        /** Without a server it is looked for among all, also of databases that are gone. */
        private static String named(ApiClient client, String database) {
            var name = FleetName.parse(database);
            return name.server() == null ? database : name.uid(client);
        }

        private static String query(String key, @Nullable String value) {
            return value == null
                    ? ""
                    : key + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8) + "&";
        }
    }
}
