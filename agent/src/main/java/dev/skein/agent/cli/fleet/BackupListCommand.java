// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.fleet.answer.AnswerReader;
import dev.skein.agent.cli.fleet.answer.ListedBackup;
import dev.skein.agent.cli.fleet.client.ApiClient;
import dev.skein.agent.cli.fleet.client.FleetName;
import dev.skein.agent.cli.fleet.client.FleetOptions;
import dev.skein.agent.cli.fleet.client.TextTable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code skein backup list}. */
@Command(name = "list", description = "List backups, newest first.")
final class BackupListCommand extends BaseCommand {
    private static final int DIGITS = 12;

    @Mixin private final FleetOptions fleet = new FleetOptions();

    @Option(names = "--rollout", paramLabel = "NAME", description = "Taken before this one.")
    private @Nullable String rollout;

    @Option(
            names = {"-d", "--database"},
            paramLabel = FleetName.LABEL,
            description = "Of this database.")
    private @Nullable String database;

    @Override
    public Integer call() {
        try (var client = fleet.client()) {
            var wanted = database == null ? null : named(client, database);
            var query = query("rollout", rollout) + query("database", wanted);
            var list = client.get("/api/backups?" + query);
            if (isJson()) {
                out().json(list);
            } else {
                print(AnswerReader.list(list, ListedBackup.class));
            }
        }
        return 0;
    }

    private void print(List<ListedBackup> backups) {
        var table =
                new TextTable(
                        "DATABASE", "TAKEN", "BEFORE", "WHAT", "ROWS", "KB", "TRIED", "SHA256");
        for (var b : backups) {
            table.row(
                    FleetName.printed(b.site(), b.database()),
                    b.takenAt(),
                    b.rollout(),
                    b.extent(),
                    b.rows(),
                    b.bytes() / 1024,
                    b.trial(),
                    b.sha256().substring(0, DIGITS));
        }
        table.lines(out().width(Integer.MAX_VALUE)).forEach(out()::result);
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
