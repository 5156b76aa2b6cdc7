// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.journal.Author;
import dev.skein.engine.journal.Envelope;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.script.ScriptParser;
import dev.skein.engine.script.Scripts;
import dev.skein.engine.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs orders on a test's database in few words. */
final class Setting {
    static final Limits LIMITS =
            Limits.DEFAULT
                    .withTimeouts(Duration.ofMillis(300), Duration.ZERO)
                    .withLockWait(Duration.ofSeconds(20))
                    .withRetries(2);

    private final TestDatabase database;
    private final List<String> files = new ArrayList<>();
    private String parent = "";

    Setting(TestDatabase database) {
        this.database = database;
    }

    /** Adds a revision after the last one; the sections are as in a file. */
    Setting revision(String id, String sections) {
        files.add(header(id) + sections);
        parent = id;
        return this;
    }

    /** A revision that creates and drops a table of its name. */
    Setting table(String id) {
        return revision(
                id,
                "--@ upgrade\nCREATE TABLE %s (id int);\n--@ downgrade\nDROP TABLE %s;"
                        .formatted(id, id));
    }

    private String header(String id) {
        return "--@ revision: " + id + "\n--@ revises: " + parent + "\n";
    }

    Scripts scripts() {
        return Scripts.of(
                files.stream()
                        .map(f -> ScriptParser.parse(f.split("\n")[0].substring(14) + ".sql", f))
                        .toList());
    }

    MigrationOrder order(Goal goal, @Nullable Long generation) {
        return order(database.address(), goal, generation);
    }

    MigrationOrder order(DatabaseAddress address, Goal goal, @Nullable Long generation) {
        var author = new Author("tester", generation == null ? null : "r1", generation);
        return new MigrationOrder(address, Scope.DATABASE, scripts(), goal, author, LIMITS);
    }

    Outcome run(Goal goal) {
        return run(goal, null);
    }

    Outcome run(Goal goal, @Nullable Long generation) {
        return run(order(goal, generation), Brake.OFF);
    }

    Outcome run(MigrationOrder order, Brake brake) {
        return new Migrator(database.client(), Clock.systemUTC()).run(order, brake, Progress.NONE);
    }

    Outcome up() {
        return run(new Goal.Upgrade("heads"));
    }

    /** The same where the test changed the schema by hand. */
    Outcome upAccepting() {
        var order = order(new Goal.Upgrade("heads"), null);
        return run(order.withDrift(new AcceptedDrift("a test", null)), Brake.OFF);
    }

    Outcome down(String target) {
        return run(new Goal.Downgrade(target));
    }

    List<Envelope> history() {
        try (var session = database.open()) {
            return new Journal(session, "").envelopes();
        }
    }

    List<String> kinds() {
        return history().stream().map(e -> e.kind().wire()).toList();
    }
}
