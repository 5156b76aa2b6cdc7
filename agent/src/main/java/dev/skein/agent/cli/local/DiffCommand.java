// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.local;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogDifference;
import dev.skein.engine.catalog.CatalogReader;
import dev.skein.engine.postgres.PgClient;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code skein diff A B}. */
@Command(
        name = "diff",
        description = "Compare two databases' schemas; exit with 4 where they differ.")
public final class DiffCommand extends LocalCommand {
    @Parameters(index = "0", paramLabel = "A", description = "A database: its name, or its url.")
    private String first;

    @Parameters(index = "1", paramLabel = "B", description = "Another one.")
    private String second;

    @Override
    public Integer call() {
        try (var client = Client.take()) {
            var differences = CatalogDifference.between(read(client, first), read(client, second));
            if (isJson()) {
                out().json(differences);
            } else {
                differences.forEach(this::print);
                if (differences.isEmpty()) {
                    out().say("They are equal.");
                }
            }
            return differences.isEmpty() ? 0 : ErrorCode.DIFFERS.exitCode();
        }
    }

    private Catalog read(PgClient client, String name) {
        var place =
                name.startsWith("postgres") && name.contains("://")
                        ? byUrl(name)
                        : named(List.of(name), false).getFirst();
        try (var session = DatabaseCommand.open(client, place)) {
            return CatalogReader.read(session);
        }
    }

    private void print(CatalogDifference difference) {
        var what = difference.id().toString();
        var before = difference.before();
        var after = difference.after();
        if (before != null) {
            out().result(out().bad("- " + what + ": " + before.inWords()));
        }
        if (after != null) {
            out().result(out().good("+ " + what + ": " + after.inWords()));
        }
    }
}
