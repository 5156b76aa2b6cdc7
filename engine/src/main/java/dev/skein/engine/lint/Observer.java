// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint;

import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.scratch.ScratchDatabase;
import dev.skein.engine.script.Piece;
import dev.skein.engine.script.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Runs the upgrade of a revision, statement by statement, and watches what each one does. */
final class Observer {
    private final ScratchDatabase database;
    private final Duration bound;

    Observer(ScratchDatabase database, Duration bound) {
        this.database = database;
        this.bound = bound;
    }

    /**
     * Runs a revision; the database keeps what it did. Statements of a batched change are not run:
     * they change rows, and there are none.
     *
     * @param look whether to watch at all
     */
    List<Effect> run(Script script, boolean look) {
        if (script.batch() != null) {
            return List.of();
        }
        var made = new HashSet<String>();
        while (true) {
            try (var session = database.open()) {
                session.script("SET statement_timeout = " + bound.toMillis(), bound);
                return script.transactional()
                        ? inTransaction(session, script, look)
                        : alone(session, script, look);
            } catch (PgServerError e) {
                if (!database.makeMissingRole(e.sqlState(), e.serverMessage(), made)) {
                    throw SkeinException.failed(
                            "Revision " + script.id() + " (" + script.file() + ")",
                            "it cannot be run on the scratch server: " + e.serverMessage(),
                            "Try it: skein rehearse " + script.id());
                }
            }
        }
    }

    private List<Effect> inTransaction(PgSession session, Script script, boolean look) {
        var effects = new ArrayList<Effect>();
        session.script("BEGIN", bound);
        var start = look ? Snapshot.take(session) : null;
        var before = start;
        for (var statement : script.upgrade().statements()) {
            run(session, statement);
            if (start != null && before != null) {
                var after = Snapshot.take(session);
                effects.add(new Effect(script, statement, start, before, after));
                before = after;
            }
        }
        session.script("COMMIT", bound);
        return effects;
    }

    /** Locks are gone when such a statement ends; what it did to the catalog stays. */
    private List<Effect> alone(PgSession session, Script script, boolean look) {
        var effects = new ArrayList<Effect>();
        var start = look ? between(session) : null;
        var before = start;
        for (var statement : script.upgrade().statements()) {
            run(session, statement);
            if (start != null && before != null) {
                var after = between(session);
                effects.add(new Effect(script, statement, start, before, after));
                before = after;
            }
        }
        return effects;
    }

    private Snapshot between(PgSession session) {
        session.script("BEGIN", bound);
        try {
            return Snapshot.take(session);
        } finally {
            session.script("ROLLBACK", bound);
        }
    }

    private void run(PgSession session, Piece.Statement statement) {
        session.script(statement.sql(), bound.plusSeconds(5));
    }
}
