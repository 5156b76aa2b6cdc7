// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.generate;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.engine.generate.SchemaFiles.Waiting;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.scratch.ScratchDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Runs statements round after round, in their order, until none is left or none of those that are
 * left can be run: each round has what the ones before it made. Transactions that files begin are
 * kept, since settings may belong to them; a statement that fails in one spoils nothing else.
 */
final class StatementRounds {
    /** Undefined table, object, function, column, schema: seldom what is wrong by itself. */
    private static final Set<String> MISSING = Set.of("42P01", "42704", "42883", "42703", "3F000");

    /** Classes of errors that say nothing of the statement: none of another round helps. */
    private static final Set<String> TROUBLE = Set.of("08", "53", "57", "58", "XX");

    /** No control file, which is a code of its own since version 16; or none of the version. */
    private static final Set<String> NO_EXTENSION = Set.of("58P01", "0A000", "22023");

    private final ScratchDatabase database;
    private final Duration bound;
    private final List<Refused> refused = new ArrayList<>();
    private boolean inTransaction;

    private record Refused(Waiting one, PgServerError error) {
        boolean isMissing() {
            return MISSING.contains(error.sqlState());
        }
    }

    StatementRounds(ScratchDatabase database, Duration bound) {
        this.database = database;
        this.bound = bound;
    }

    /**
     * @throws SkeinException with file and line of the statement that the server refused
     */
    void run(List<Waiting> statements) {
        var left = statements;
        while (left.stream().anyMatch(one -> !one.isSetting())) {
            var again = runEach(left);
            if (again.size() == left.size()) {
                throw worstRefusal();
            }
            left = again;
        }
    }

    /** What misses something may only miss what another one was to bring. */
    private SkeinException worstRefusal() {
        var first =
                refused.stream()
                        .filter(r -> !r.isMissing())
                        .findFirst()
                        .orElseGet(refused::getFirst);
        return refusal(first.one(), first.error());
    }

    /** Runs what waits; gives what waits still, with the settings it needs. */
    private List<Waiting> runEach(List<Waiting> left) {
        var again = new ArrayList<Waiting>();
        var file = "";
        refused.clear();
        try (var session = database.open()) {
            for (var next : left) {
                if (!next.file().equals(file)) {
                    file = next.file();
                    startFresh(session);
                }
                if (!isRun(session, next) || next.isSetting()) {
                    again.add(next);
                }
            }
            startFresh(session);
        }
        return again;
    }

    private boolean isRun(PgSession session, Waiting next) {
        try {
            run(session, next);
            return true;
        } catch (PgServerError e) {
            if (TROUBLE.contains(e.sqlState().substring(0, 2))) {
                throw refusal(next, e);
            }
            refused.add(new Refused(next, e));
            return false;
        }
    }

    /** No file's settings are another's, nor is its transaction. */
    private void startFresh(PgSession session) {
        if (inTransaction) {
            session.script("COMMIT", bound);
            inTransaction = false;
        }
        session.script(
                "RESET ALL; RESET ROLE; SET check_function_bodies = off; SET statement_timeout = "
                        + bound.toMillis(),
                bound);
    }

    private void run(PgSession session, Waiting one) {
        if (one.isFrame()) {
            session.script(one.statement().sql(), bound);
            inTransaction = one.statement().starts("BEGIN") || one.statement().starts("START");
            return;
        }
        var made = new HashSet<String>();
        while (true) {
            try {
                runInside(session, one.statement().sql());
                return;
            } catch (PgServerError e) {
                if (!database.makeMissingRole(e.sqlState(), e.serverMessage(), made)) {
                    throw e;
                }
            }
        }
    }

    /** In a transaction, a failure must end nothing but itself. */
    private void runInside(PgSession session, String sql) {
        if (!inTransaction) {
            session.script(sql, bound.plusSeconds(5));
            return;
        }
        session.script("SAVEPOINT one", bound);
        try {
            session.script(sql, bound.plusSeconds(5));
            session.script("RELEASE SAVEPOINT one", bound);
        } catch (PgServerError e) {
            session.script("ROLLBACK TO SAVEPOINT one", bound);
            throw e;
        }
    }

    private static SkeinException refusal(Waiting one, PgServerError e) {
        return new SkeinException(
                ErrorCode.FAILED,
                one.file() + ":" + one.statement().line(),
                e.serverMessage() + " (" + e.sqlState() + ")",
                remedy(one, e),
                e);
    }

    private static String remedy(Waiting one, PgServerError e) {
        if (e.sqlState().equals("42501")) {
            return "Say --superuser if you trust these files with this machine";
        }
        return one.statement().starts("CREATE EXTENSION") && NO_EXTENSION.contains(e.sqlState())
                ? "The scratch server lacks it: name a server that has it with SKEIN_POSTGRES_BIN"
                : "Correct the statement";
    }
}
