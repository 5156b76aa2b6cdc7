// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.engine.journal.Author;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.script.ScriptParser;
import dev.skein.engine.script.Scripts;
import java.time.Clock;
import java.util.Map;

/** Brings a program's own database to the revisions that the program ships. */
public final class OwnSchema {
    private OwnSchema() {}

    /**
     * Upgrades to the heads; does nothing where they are reached.
     *
     * @param files revision files, name to text
     * @throws SkeinException if the database is not there afterwards
     */
    public static void apply(
            PgClient client, DatabaseAddress address, Map<String, String> files, String actor) {
        var scripts =
                Scripts.of(
                        files.entrySet().stream()
                                .map(f -> ScriptParser.parse(f.getKey(), f.getValue()))
                                .toList());
        var order =
                new Order(
                        address,
                        Scope.DATABASE,
                        scripts,
                        new Goal.Upgrade("heads"),
                        new Author(actor, null, null),
                        Limits.DEFAULT);
        var outcome = new Migrator(client, Clock.systemUTC()).run(order, Brake.OFF, Progress.NONE);
        if (!(outcome instanceof Outcome.Done)) {
            throw reason(address, outcome);
        }
    }

    private static SkeinException reason(DatabaseAddress address, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Refused refused -> refused.reason();
            case Outcome.Lost lost -> lost.reason();
            case Outcome.Occupied occupied -> occupied.reason();
            case Outcome.Failed failed -> failed.error();
            default ->
                    new SkeinException(
                            ErrorCode.FAILED,
                            "Database " + address,
                            "its own schema could not be brought up to date",
                            "");
        };
    }
}
