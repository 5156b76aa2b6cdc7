// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.catalog.CatalogReader;
import dev.skein.engine.journal.Draft;
import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.journal.JournalSql;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.plan.Direction;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.postgres.Sql;
import dev.skein.engine.script.Piece.Statement;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Runs one revision in one transaction, sent in one flight: the guard, each statement as a message
 * of its own (so that the failing one is known), the checks, the closing statement and COMMIT.
 * Nothing is awaited in between; once one message fails, the server skips the work of the rest.
 */
final class TransactionalStep {
    private static final Duration SHORT = Duration.ofMinutes(2);
    private static final Pattern MAY_LEAVE_SETTINGS =
            Pattern.compile("set_config|\\b(DO|CALL)\\b", Pattern.CASE_INSENSITIVE);
    private static final String RESTORE = "RESET ROLE; RESET search_path; ";

    private final StepContext context;
    private final JournalState before;
    private final JournalSql sql;
    private final List<Future<RowSet<Row>>> sent = new ArrayList<>();

    TransactionalStep(StepContext context, JournalState before) {
        this.context = context;
        this.before = before;
        this.sql = new JournalSql(context.journal().target(), Nonce.next());
    }

    /**
     * Runs it.
     *
     * @return the state it leaves
     * @throws MigrationFailed if it was rolled back
     * @throws PgServerError with an SQLSTATE that waiting can heal, or of the guard
     */
    JournalState run() {
        var entry = context.chain().next(before, draft());
        var headsAfter = context.step().headsAfter();
        var statements = context.section().statements();
        send("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; " + timeouts() + sql.guard(before));
        statements.forEach(s -> send(s.sql()));
        send("SET CONSTRAINTS ALL IMMEDIATE"); // what is deferred shows before the checks
        var checks = checks();
        checks.forEach(s -> send(sql.verify(s.sql(), Failures.VERIFY, "verify is not true")));
        send(
                RESTORE
                        + fingerprint()
                        + sql.close(before, headsAfter, entry, null, context.last())
                        + " COMMIT;");
        var settings = mayLeaveSettings() ? context.session().send(LeftSettings.QUERY) : null;
        var print = context.last() ? context.session().send(fingerprintStored()) : null;
        awaitAll(statements, checks, settings, print);
        var left = settings == null ? List.<String>of() : LeftSettings.read(context, settings);
        var fingerprint =
                print == null
                        ? null
                        : context.session().await(print, SHORT).iterator().next().getString(0);
        LeftSettings.refuse(context, left);
        return before.after(entry, headsAfter, fingerprint);
    }

    private Draft draft() {
        var kind =
                context.step().direction() == Direction.UP ? EntryKind.APPLIED : EntryKind.REVERTED;
        return Draft.of(kind, context.step().headsAfter(), context.section().sql())
                .revision(context.script().id(), context.script().checksum());
    }

    private void send(String text) {
        sent.add(context.session().send(text));
    }

    private String timeouts() {
        return "SET LOCAL lock_timeout = "
                + context.lockTimeout().toMillis()
                + "; SET LOCAL statement_timeout = "
                + context.statementTimeout().toMillis()
                + "; ";
    }

    private List<Statement> checks() {
        return context.step().direction() == Direction.UP
                ? context.script().verify().statements()
                : List.of();
    }

    private String fingerprint() {
        if (!context.last()) {
            return "";
        }
        return CatalogReader.PINS
                + " UPDATE skein.state SET fingerprint = ("
                + CatalogReader.FINGERPRINT_QUERY
                + ") WHERE target = "
                + Sql.text(context.journal().target())
                + "; ";
    }

    private String fingerprintStored() {
        return "SELECT fingerprint FROM skein.state WHERE target = "
                + Sql.text(context.journal().target());
    }

    private boolean mayLeaveSettings() {
        return MAY_LEAVE_SETTINGS.matcher(context.section().sql()).find();
    }

    private void awaitAll(
            List<Statement> statements,
            List<Statement> checks,
            @Nullable Future<RowSet<Row>> settings,
            @Nullable Future<RowSet<Row>> print) {
        for (int i = 0; i < sent.size(); i++) {
            try {
                context.session().await(sent.get(i), context.bound());
            } catch (PgServerError e) {
                rollBack(i, settings, print);
                throw explain(i, statements, checks, e);
            }
        }
    }

    /** The transaction failed: let its remaining messages fail, and leave a clean session. */
    private void rollBack(
            int failedAt,
            @Nullable Future<RowSet<Row>> settings,
            @Nullable Future<RowSet<Row>> print) {
        var rollback = context.session().send("ROLLBACK");
        var rest = new ArrayList<>(sent.subList(failedAt + 1, sent.size()));
        if (settings != null) {
            rest.add(settings);
        }
        if (print != null) {
            rest.add(print);
        }
        rest.forEach(message -> message.onFailure(ignored -> {})); // each repeats the first error
        context.session().await(rollback, SHORT);
    }

    private RuntimeException explain(
            int message, List<Statement> statements, List<Statement> checks, PgServerError e) {
        if (e.isRetriable() || e.sqlState().equals(JournalSql.MOVED_ON)) {
            return e;
        }
        int number = message; // message 0 is the guard, so message n is statement n
        int check = number - statements.size() - 1; // between them: the constraints
        if (number == 0 || check == 0 || check > checks.size()) {
            return context.failures().after(e);
        }
        if (number <= statements.size()) {
            return context.failures().at(number, statements.get(number - 1), e);
        }
        return new Failures(e.subject(), context.script(), "verify")
                .at(check, checks.get(check - 1), e);
    }
}
