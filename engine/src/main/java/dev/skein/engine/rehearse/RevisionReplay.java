// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.rehearse;

import dev.skein.engine.SkeinException;
import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogReader;
import dev.skein.engine.ddl.ChangePart;
import dev.skein.engine.ddl.Ddl;
import dev.skein.engine.ddl.text.DdlStatement;
import dev.skein.engine.execute.JournalAdoption;
import dev.skein.engine.execute.Migrator;
import dev.skein.engine.execute.order.Brake;
import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.order.Limits;
import dev.skein.engine.execute.order.MigrationFailed;
import dev.skein.engine.execute.order.MigrationOrder;
import dev.skein.engine.execute.order.Outcome;
import dev.skein.engine.execute.order.Progress;
import dev.skein.engine.execute.order.Scope;
import dev.skein.engine.journal.Author;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.scratch.ScratchDatabase;
import dev.skein.engine.script.Scripts;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;

/**
 * Runs revisions on scratch databases as they would run on a tenant's, by the same code. Roles that
 * they grant to are made there; what reaches beyond a database is refused.
 */
public final class RevisionReplay {
    private static final Author AUTHOR = new Author("rehearsal", null, null);
    private final Scripts scripts;
    private final Limits limits;

    /**
     * @param bound for each statement
     */
    public RevisionReplay(Scripts scripts, Duration bound) {
        this.scripts = scripts;
        this.limits = Limits.DEFAULT.withTimeouts(Duration.ofSeconds(3), bound).withRetries(0);
    }

    /**
     * Goes up to revisions and what they need.
     *
     * @throws SkeinException with what the database refused; it stays at the revision before
     */
    public void up(ScratchDatabase database, Collection<String> ids) {
        for (var id : ids) {
            scripts.graph()
                    .closure(List.of(id))
                    .forEach(needed -> ClusterWideStatements.refuse(scripts.get(needed)));
            run(database, new Goal.Upgrade(id));
        }
    }

    /** Takes one revision back that nothing else applied depends on. */
    public void down(ScratchDatabase database, String id) {
        run(database, new Goal.Downgrade(id + "@-1"));
    }

    /**
     * Makes an empty scratch database look like a real one, as it is, and says what is applied.
     *
     * @param real is only read
     * @param heads what is applied there
     */
    public void likeness(ScratchDatabase database, PgSession real, List<String> heads) {
        var wanted = CatalogReader.readWithNeeds(real);
        for (var part : ChangePart.of(Ddl.between(readWithNeeds(database), wanted, false))) {
            var sql = part.statements().stream().map(DdlStatement::sql).toList();
            if (part.transactional()) {
                var all = "SET LOCAL check_function_bodies = off;\n" + String.join(";\n", sql);
                database.run(all, limits.statementTimeout());
            } else {
                try (var session = database.open()) {
                    sql.forEach(one -> session.script(one, limits.statementTimeout()));
                }
            }
        }
        if (!heads.isEmpty()) {
            run(database, new Goal.Stamp(heads, false));
        }
    }

    private void run(ScratchDatabase database, Goal goal) {
        var made = new HashSet<String>();
        while (true) {
            var failure = failure(migrated(database, goal));
            if (failure == null) {
                return;
            }
            if (!(failure instanceof MigrationFailed failed)
                    || !database.makeMissingRole(failed.sqlState(), failed.serverMessage(), made)) {
                throw failure;
            }
        }
    }

    private Outcome migrated(ScratchDatabase database, Goal goal) {
        var address = database.address();
        var order = new MigrationOrder(address, Scope.DATABASE, scripts, goal, AUTHOR, limits);
        return new Migrator(database.client(), Clock.systemUTC())
                .run(order.withoutFingerprints(), Brake.OFF, Progress.NONE);
    }

    private static @org.jspecify.annotations.Nullable SkeinException failure(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done done -> null;
            case Outcome.Failed failed -> failed.error();
            case Outcome.Refused refused -> refused.reason();
            case Outcome.Occupied occupied -> occupied.reason();
            case Outcome.Lost lost -> lost.reason();
            case Outcome.Held held -> throw new IllegalStateException("nobody holds a replay");
            case Outcome.Answered a -> throw new IllegalStateException("no generation was given");
            case Outcome.Superseded s -> throw new IllegalStateException("no generation was given");
        };
    }

    /** A copy whose journal knows that it is one. */
    public static ScratchDatabase copy(ScratchDatabase database) {
        var copy = database.copy();
        if (!hasJournal(copy)) {
            return copy;
        }
        JournalAdoption.run(
                copy.client(),
                copy.address(),
                Scope.DATABASE,
                AUTHOR,
                JournalAdoption.Claim.of(JournalAdoption.Reason.CLONE),
                Clock.systemUTC());
        return copy;
    }

    private static boolean hasJournal(ScratchDatabase database) {
        try (var session = database.open()) {
            return new Journal(session, "").exists();
        }
    }

    /** What a scratch database looks like, every partition included. */
    public static Catalog read(ScratchDatabase database) {
        try (var session = database.open()) {
            return CatalogReader.read(session);
        }
    }

    /** The same with what needs what, for who writes statements. */
    public static Catalog readWithNeeds(ScratchDatabase database) {
        try (var session = database.open()) {
            return CatalogReader.readWithNeeds(session);
        }
    }
}
