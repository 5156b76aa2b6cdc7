// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.testing;

import dev.skein.engine.execute.Migrator;
import dev.skein.engine.execute.order.AcceptedDrift;
import dev.skein.engine.execute.order.Brake;
import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.order.Limits;
import dev.skein.engine.execute.order.MigrationOrder;
import dev.skein.engine.execute.order.Outcome;
import dev.skein.engine.execute.order.Progress;
import dev.skein.engine.execute.order.Scope;
import dev.skein.engine.journal.Author;
import dev.skein.engine.journal.Envelope;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.script.ScriptParser;
import dev.skein.engine.script.Scripts;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs orders on a test's database in few words. */
public final class MigrationSetting {
    public static final Limits LIMITS =
            Limits.DEFAULT
                    .withTimeouts(Duration.ofMillis(300), Duration.ZERO)
                    .withLockWait(Duration.ofSeconds(20))
                    .withRetries(2);

    private final TestDatabase database;
    private final List<String> files = new ArrayList<>();
    private String parent = "";

    public MigrationSetting(TestDatabase database) {
        this.database = database;
    }

    /** Adds a revision after the last one; the sections are as in a file. */
    public MigrationSetting revision(String id, String sections) {
        files.add(header(id) + sections);
        parent = id;
        return this;
    }

    /** A revision that creates and drops a table of its name. */
    public MigrationSetting table(String id) {
        return revision(
                id,
                "--@ upgrade\nCREATE TABLE %s (id int);\n--@ downgrade\nDROP TABLE %s;"
                        .formatted(id, id));
    }

    private String header(String id) {
        return "--@ revision: " + id + "\n--@ revises: " + parent + "\n";
    }

    public Scripts scripts() {
        return Scripts.of(
                files.stream()
                        .map(f -> ScriptParser.parse(f.split("\n")[0].substring(14) + ".sql", f))
                        .toList());
    }

    public MigrationOrder order(Goal goal, @Nullable Long generation) {
        return order(database.address(), goal, generation);
    }

    public MigrationOrder order(DatabaseAddress address, Goal goal, @Nullable Long generation) {
        var author = new Author("tester", generation == null ? null : "r1", generation);
        return new MigrationOrder(address, Scope.DATABASE, scripts(), goal, author, LIMITS);
    }

    public Outcome run(Goal goal) {
        return run(goal, null);
    }

    public Outcome run(Goal goal, @Nullable Long generation) {
        return run(order(goal, generation), Brake.OFF);
    }

    public Outcome run(MigrationOrder order, Brake brake) {
        return new Migrator(database.client(), Clock.systemUTC()).run(order, brake, Progress.NONE);
    }

    public Outcome up() {
        return run(new Goal.Upgrade("heads"));
    }

    /** The same where the test changed the schema by hand. */
    public Outcome upAccepting() {
        var order = order(new Goal.Upgrade("heads"), null);
        return run(order.withDrift(new AcceptedDrift("a test", null)), Brake.OFF);
    }

    public Outcome down(String target) {
        return run(new Goal.Downgrade(target));
    }

    public List<Envelope> history() {
        try (var session = database.open()) {
            return new Journal(session, "").envelopes();
        }
    }

    public List<String> kinds() {
        return history().stream().map(e -> e.kind().wire()).toList();
    }
}
