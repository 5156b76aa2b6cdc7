// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint;

import dev.skein.engine.nontransactional.NonTransactionalForms;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.rehearse.ClusterWideStatements;
import dev.skein.engine.scratch.ScratchDatabase;
import dev.skein.engine.script.Script;
import dev.skein.engine.script.ScriptPiece;
import java.time.Duration;
import java.util.HashSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs the upgrade of a revision, statement by statement, and watches what each one does. */
final class StatementObserver {
    /** Insufficient privilege; and what cannot be run inside a transaction. */
    private static final String DENIED = "42501";

    private static final String NOT_INSIDE = "25001";

    /** An enum's value was used in the transaction that added it. */
    private static final String UNSAFE_VALUE = "55P04";

    private final ScratchDatabase database;
    private final Duration bound;

    StatementObserver(ScratchDatabase database, Duration bound) {
        this.database = database;
        this.bound = bound;
    }

    /**
     * Where a revision ended, and why.
     *
     * @param line of the statement that could not be run
     */
    record Stopped(int line, String what, String instead) {}

    /**
     * Runs a revision; the database keeps what it did. Statements of a batched change are not run:
     * they change rows, and there are none.
     *
     * @param each hears of every statement; null where nobody looks
     * @return null where all of it was run; else the database is good for nothing more
     */
    @Nullable Stopped run(Script script, @Nullable Consumer<StatementEffect> each) {
        var beyond = beyondTheDatabase(script);
        if (beyond != null) {
            return beyond;
        }
        if (script.batch() != null) {
            return null;
        }
        var running = new AtomicReference<ScriptPiece.Statement>();
        try (var session = database.open()) {
            observe(session, script, each, running::set);
            return null;
        } catch (PgServerError e) {
            return stopped(script, running.get(), e);
        }
    }

    private static @Nullable Stopped beyondTheDatabase(Script script) {
        return Stream.of(script.upgrade(), script.downgrade())
                .flatMap(section -> section.statements().stream())
                .filter(ClusterWideStatements::is)
                .findFirst()
                .map(statement ->
                        new Stopped(
                                statement.line(),
                                statement.words() + " reaches beyond the database",
                                "It cannot be tried on a scratch server; do it outside revisions"))
                .orElse(null);
    }

    private static Stopped stopped(
            Script script, ScriptPiece.@Nullable Statement statement, PgServerError e) {
        var instead =
                switch (e.sqlState()) {
                    case DENIED -> "Mend it; if it needs a superuser, say --superuser";
                    case UNSAFE_VALUE ->
                            "ALTER TYPE … ADD VALUE in a revision of its own, before this one: a"
                                    + " new value can be used once it is committed";
                    default -> "Mend it; what it does then: skein rehearse " + script.id();
                };
        var hint = e.remedy().isEmpty() ? "" : " (" + e.remedy() + ")";
        return new Stopped(
                statement == null ? 1 : statement.lineAt(e.position()),
                "it cannot be run: " + e.serverMessage() + " (" + e.sqlState() + ")" + hint,
                instead);
    }

    private void observe(
            PgSession session,
            Script script,
            @Nullable Consumer<StatementEffect> each,
            Consumer<ScriptPiece.Statement> running) {
        session.script("SET statement_timeout = " + bound.toMillis(), bound);
        if (script.transactional()) {
            session.script("BEGIN", bound);
        }
        var start = each == null ? null : look(session, script);
        var before = start;
        for (var statement : script.upgrade().statements()) {
            running.accept(statement);
            var step = step(session, script, statement, each != null);
            var after = step.after();
            if (start != null && before != null && after != null && each != null) {
                each.accept(
                        new StatementEffect(
                                script, statement, start, before, after, step.refused()));
                before = after;
            }
        }
        if (script.transactional()) {
            session.script("COMMIT", bound);
        }
    }

    private CatalogSnapshot look(PgSession session, Script script) {
        if (script.transactional()) {
            return CatalogSnapshot.take(session);
        }
        session.script("BEGIN", bound);
        try {
            return CatalogSnapshot.take(session);
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
    private record ObservedRun(@Nullable CatalogSnapshot after, boolean refused) {}

    private ObservedRun step(
            PgSession session, Script script, ScriptPiece.Statement statement, boolean look) {
        var whole = script.transactional();
        try {
            if (!whole) {
                session.script("BEGIN", bound);
            }
            inside(session, statement);
            var after = look ? CatalogSnapshot.take(session) : null; // its locks are still held
            if (!whole) {
                session.script("COMMIT", bound);
            }
            return new ObservedRun(after, false);
        } catch (PgServerError e) {
            session.script(whole ? "COMMIT" : "ROLLBACK", bound);
            if (!e.sqlState().equals(NOT_INSIDE)) {
                throw e;
            }
            return new ObservedRun(runOutside(session, script, statement, look), whole);
        }
    }

    private @Nullable CatalogSnapshot runOutside(
            PgSession session, Script script, ScriptPiece.Statement statement, boolean look) {
        NonTransactionalForms.run(session, statement.sql(), bound.plusSeconds(5));
        if (script.transactional()) {
            session.script("BEGIN", bound);
        }
        return look ? look(session, script) : null;
    }

    /** Runs a statement in the open transaction, and again where it lacks a role. */
    private void inside(PgSession session, ScriptPiece.Statement statement) {
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
