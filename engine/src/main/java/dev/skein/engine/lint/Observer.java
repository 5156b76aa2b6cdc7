// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint;

import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.rehearse.Beyond;
import dev.skein.engine.scratch.ScratchDatabase;
import dev.skein.engine.script.Piece;
import dev.skein.engine.script.Script;
import java.time.Duration;
import java.util.HashSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs the upgrade of a revision, statement by statement, and watches what each one does. */
final class Observer {
    /** Insufficient privilege; and what cannot be run inside a transaction. */
    private static final String DENIED = "42501";

    private static final String NOT_INSIDE = "25001";

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
     * @param each hears of every statement; null where nobody looks
     */
    void run(Script script, @Nullable Consumer<Effect> each) {
        Beyond.refuse(script);
        if (script.batch() != null) {
            return;
        }
        try (var session = database.open()) {
            session.script("SET statement_timeout = " + bound.toMillis(), bound);
            if (script.transactional()) {
                session.script("BEGIN", bound);
            }
            var start = each == null ? null : look(session, script);
            var before = start;
            for (var statement : script.upgrade().statements()) {
                var step = step(session, script, statement, each != null);
                var after = step.after();
                if (start != null && before != null && after != null && each != null) {
                    each.accept(
                            new Effect(script, statement, start, before, after, step.refused()));
                    before = after;
                }
            }
            if (script.transactional()) {
                session.script("COMMIT", bound);
            }
        } catch (PgServerError e) {
            throw SkeinException.failed(
                    "Revision " + script.id() + " (" + script.file() + ")",
                    "it cannot be run on the scratch server: " + e.serverMessage(),
                    "Try it: skein rehearse "
                            + script.id()
                            + (e.sqlState().equals(DENIED) ? "; or say --superuser" : ""));
        }
    }

    private Snapshot look(PgSession session, Script script) {
        if (script.transactional()) {
            return Snapshot.take(session);
        }
        session.script("BEGIN", bound);
        try {
            return Snapshot.take(session);
        } finally {
            session.script("ROLLBACK", bound);
        }
    }

    /**
     * What came of a statement.
     *
     * @param after what the database is like then; null where nobody looks
     * @param refused whether a transaction refused it
     */
    private record Step(@Nullable Snapshot after, boolean refused) {}

    private Step step(PgSession session, Script script, Piece.Statement statement, boolean look) {
        var whole = script.transactional();
        try {
            if (!whole) {
                session.script("BEGIN", bound);
            }
            inside(session, statement);
            var after = look ? Snapshot.take(session) : null; // its locks are still held
            if (!whole) {
                session.script("COMMIT", bound);
            }
            return new Step(after, false);
        } catch (PgServerError e) {
            session.script(whole ? "COMMIT" : "ROLLBACK", bound);
            if (!e.sqlState().equals(NOT_INSIDE)) {
                throw e;
            }
            session.script(statement.sql(), bound.plusSeconds(5));
            if (whole) {
                session.script("BEGIN", bound);
            }
            return new Step(look ? look(session, script) : null, whole);
        }
    }

    /** Runs a statement in the open transaction, and again where it lacks a role. */
    private void inside(PgSession session, Piece.Statement statement) {
        var made = new HashSet<String>();
        session.script("SAVEPOINT step", bound);
        while (true) {
            try {
                session.script(statement.sql(), bound.plusSeconds(5));
                session.script("RELEASE SAVEPOINT step", bound);
                return;
            } catch (PgServerError e) {
                session.script("ROLLBACK TO SAVEPOINT step", bound);
                if (!database.makeMissingRole(e.sqlState(), e.serverMessage(), made)) {
                    throw e;
                }
            }
        }
    }
}
