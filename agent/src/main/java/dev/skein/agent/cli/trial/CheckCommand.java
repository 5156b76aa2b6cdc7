// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.trial;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.common.CliWords;
import dev.skein.agent.cli.place.CommandClient;
import dev.skein.agent.cli.place.DatabaseOptions;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.catalog.CatalogDifference;
import dev.skein.engine.script.Scripts;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code skein check}. */
@Command(
        name = "check",
        description =
                "Exit with 0 if the databases are at the heads and as their runs left them, with 3"
                        + " if one is behind, with 4 if one differs, or nobody can tell.",
        footer = {"", "  skein check --all", "  skein check --desired schema.sql"})
public final class CheckCommand extends BaseCommand {
    @Mixin private final DatabaseOptions databases = new DatabaseOptions();

    @Mixin private final ScratchAccess scratch = new ScratchAccess();

    @Option(
            names = "--desired",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "PATH",
            description =
                    "Look into no database: exit with 4 if the revisions do not lead to the desired"
                            + " schema (default: as skein.yaml says).")
    private @Nullable String desired;

    @Option(
            names = "--entities",
            paramLabel = "CLASSES",
            description = "The same with JPA entities, in folders of classes and jars.")
    private @Nullable String entities;

    @Override
    public Integer call() {
        if (desired != null || entities != null) {
            return compare(
                    DesiredSchema.of(
                            databases.project().project(),
                            desired == null || desired.isEmpty() ? null : desired,
                            entities));
        }
        return check(databases.project().scripts());
    }

    private int check(Scripts scripts) {
        var results = new ArrayList<DatabaseCheck>();
        try (var client = CommandClient.take()) {
            for (var place : databases.places(client)) {
                results.add(DatabaseCheck.of(client, place, scripts));
            }
        }
        if (isJson()) {
            out().json(results);
        } else {
            results.forEach(this::print);
        }
        return DatabaseCheck.code(results);
    }

    /** Whether somebody forgot to write a revision. */
    private int compare(DesiredSchema schema) {
        try (var sides = new ComparedSchemas(databases.project(), scratch, out())) {
            var differences =
                    CatalogDifference.between(sides.read("revision:heads"), sides.schema(schema));
            if (isJson()) {
                out().json(differences);
            } else {
                differences.forEach(d -> out().result(out().bad("differs: ") + d.id()));
            }
            out().say(
                            differences.isEmpty()
                                    ? "The revisions lead to the desired schema."
                                    : "Write what is missing: skein revision --autogenerate");
            return differences.isEmpty() ? 0 : ErrorCode.DIFFERS.exitCode();
        }
    }

    private void print(DatabaseCheck result) {
        var answer =
                result.answer().equals("clean")
                        ? out().good(result.answer())
                        : out().bad(result.answer());
        var where = result.hasFailed() ? "" : " at " + CliWords.heads(result.heads());
        out().result(result.database() + ": " + answer + where);
        result.reasons().forEach(reason -> out().result("    " + reason));
    }
}
