// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.trial;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.place.ProjectOptions;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.catalog.CatalogDifference;
import dev.skein.engine.ddl.Ddl;
import dev.skein.engine.ddl.text.DdlStatement;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code skein diff A B}. */
@Command(
        name = "diff",
        description = "Compare two schemas; exit with 4 where they differ.",
        footer = {
            "",
            "A and B are databases (a url, or a name in skein.yaml), files or folders with SQL, or"
                    + " revisions (an id, head, base). Where a name could be two of these, say"
                    + " database:NAME, schema:PATH or revision:ID."
        })
public final class DiffCommand extends BaseCommand {
    @Mixin private final ProjectOptions project = new ProjectOptions();

    @Mixin private final ScratchAccess scratch = new ScratchAccess();

    @Parameters(index = "0", paramLabel = "A", description = "A schema.")
    private String first;

    @Parameters(index = "1", paramLabel = "B", description = "Another one.")
    private String second;

    @Option(names = "--sql", description = "Print the statements that make B out of A.")
    private boolean sql;

    @Option(
            names = "--plain",
            description = "With --sql: without regard to who uses the tables meanwhile.")
    private boolean plain;

    @Override
    public Integer call() {
        try (var sides = new ComparedSchemas(project, scratch, out())) {
            var a = sides.read(first);
            var b = sides.read(second);
            warn(a.fingerprint().major(), b.fingerprint().major());
            var differences = CatalogDifference.between(a, b);
            if (isJson()) {
                out().json(differences);
            } else if (sql) {
                print(Ddl.between(a, b, !plain));
            } else {
                differences.forEach(this::print);
            }
            if (differences.isEmpty()) {
                out().say("They are equal.");
            }
            return differences.isEmpty() ? 0 : ErrorCode.DIFFERS.exitCode();
        }
    }

    private void warn(int major, int other) {
        if (major != other) {
            out().say(
                            "PostgreSQL %d and %d print some definitions differently; see --postgres"
                                    .formatted(major, other));
        }
    }

    private void print(List<DdlStatement> statements) {
        for (var statement : statements) {
            if (statement.loss() != null) {
                out().result("-- This loses " + statement.loss() + ".");
            }
            if (statement.isAlone()) {
                out().result("-- Outside a transaction:");
            }
            out().result(statement.sql() + ";");
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
