// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.step;

import dev.skein.engine.execute.order.RevisionFailures;
import dev.skein.engine.execute.session.Nonce;
import dev.skein.engine.execute.session.Patience;
import dev.skein.engine.execute.session.StepFailure;
import dev.skein.engine.journal.Entry;
import dev.skein.engine.journal.EntryBody;
import dev.skein.engine.journal.EntryDraft;
import dev.skein.engine.journal.JournalSql;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.journal.KeptCatalog;
import dev.skein.engine.plan.Direction;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.script.ScriptPiece.Statement;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One revision in one transaction, sent in one message without waiting: the guard, the statements,
 * the checks, the closing statement and COMMIT. Once one statement fails, the server skips the rest
 * of its message, and every flight behind this one: their guards do not find what this one should
 * have left.
 *
 * <p>A revision beyond a megabyte goes in several messages, each awaited before the next: one is
 * parsed as a whole, and if the one with BEGIN did not parse, the next would run without it.
 */
public final class TransactionalStep {
    private static final String PRINT = "skein_fingerprint";
    private static final int MEGABYTE = 1 << 20;

    /**
     * What is sent between guard and closing statement.
     *
     * @param first the first statement's number in its section
     * @param checks whether the section's checks come with it
     * @param print whether it stores the fingerprint it leaves
     * @param follows whether another flight may not have landed yet
     */
    private record Cargo(
            List<Statement> statements,
            int first,
            EntryDraft draft,
            boolean checks,
            boolean print,
            boolean follows) {}

    private final StepContext context;
    private final Cargo cargo;
    private final JournalState before;
    private final JournalState after;
    private final Entry entry;
    private final JournalSql sql;
    private final List<StepMessage> messages = new ArrayList<>();
    private PgSession.@Nullable Counted sent;
    private @Nullable StepMessage last;
    private @Nullable Future<RowSet<Row>> left;
    private final CustomSettings custom;

    private TransactionalStep(StepContext context, Cargo cargo, JournalState before) {
        this.context = context;
        this.cargo = cargo;
        this.custom = new CustomSettings(cargo.statements());
        this.before = before;
        this.sql = new JournalSql(context.journal().target(), Nonce.next());
        this.entry = context.chain().next(before, cargo.draft());
        this.after = before.after(entry, cargo.draft().heads(), null);
        pack();
    }

    /** A whole revision. */
    public static TransactionalStep step(StepContext context, JournalState before) {
        return step(context, before, context.section().statements());
    }

    /** A whole revision, sent behind another one. */
    public static TransactionalStep following(StepContext context, JournalState before) {
        return step(context, before, context.section().statements(), true);
    }

    /** The end of a revision, with other statements than its section's. */
    public static TransactionalStep step(
            StepContext context, JournalState before, List<Statement> statements) {
        return step(context, before, statements, false);
    }

    private static TransactionalStep step(
            StepContext context, JournalState before, List<Statement> statements, boolean follows) {
        var up = context.step().direction() == Direction.UP;
        return new TransactionalStep(
                context, new Cargo(statements, 1, end(context), up, true, follows), before);
    }

    /** What the journal says of a revision that is done. */
    static EntryDraft end(StepContext context) {
        var version = context.version();
        return new EntryDraft(
                context.step().headsAfter(),
                context.section().sql(),
                context.step().direction() == Direction.UP
                        ? new EntryBody.Applied(version)
                        : new EntryBody.Reverted(version));
    }

    /** One statement of a revision outside a transaction that can have one, with its OUTCOME. */
    static TransactionalStep single(
            StepContext context, JournalState before, int number, Statement statement) {
        var draft =
                new EntryDraft(
                        before.heads(),
                        statement.sql(),
                        new EntryBody.StatementOutcome(
                                context.version(), number, InterruptedStatement.DONE));
        var cargo = new Cargo(List.of(statement), number, draft, false, false, false);
        return new TransactionalStep(context, cargo, before);
    }

    /** Whether another flight may be sent before this one has landed. */
    public static boolean mayBeFollowed(StepContext context) {
        return !LeftSettings.mayBe(context.section().statements())
                && !KeptLocks.keeps(context.script())
                && context.script().verifyAfter().isEmpty();
    }

    /** The state it leaves when all goes well; without the fingerprint. */
    public JournalState after() {
        return after;
    }

    /** Whether it goes in one message, so that it may follow another before that has landed. */
    public boolean mayFollow() {
        return messages.size() == 1;
    }

    /**
     * Sends everything; waits only where it is more than a megabyte.
     *
     * @throws StepFailure if something that was sent has failed
     */
    public void depart() {
        if (cargo.print()) {
            custom.reset(context.session());
        }
        custom.ask(context.session());
        for (var message : messages) {
            if (sent != null) {
                await();
            }
            sent = context.session().sendCounted(message.text());
            last = message;
        }
        left = context.session().send(LeftSettings.question(cargo.statements()));
        custom.ask(context.session());
    }

    private void pack() {
        var failures = context.failures();
        var guard = sql.guard(before);
        // A setting that a statement by itself leaves is for the next one of its revision.
        messages.add(cargo.print() ? context.beginAnew(guard) : context.begin(guard));
        if (cargo.follows()) {
            add(context.locks().none(), 1, (e, at) -> failures.after(e));
        }
        int number = cargo.first();
        for (var statement : cargo.statements()) {
            int n = number++;
            conditions(failures, n, statement);
            add(statement.sql(), 1, (e, at) -> failures.at(n, statement, e, at));
        }
        if (cargo.checks()) {
            checks(failures);
        }
        close(failures);
    }

    private void conditions(RevisionFailures failures, int number, Statement statement) {
        for (var one : statement.conditions()) {
            var asked = JournalSql.verify(one.question(), RevisionFailures.UNLIKE, one.otherwise());
            add(asked, 1, (e, at) -> failures.at(number, statement, e, 0));
        }
    }

    private void checks(RevisionFailures failures) {
        var checks = context.script().verify().statements();
        if (checks.isEmpty()) {
            return;
        }
        add("SET CONSTRAINTS ALL IMMEDIATE", 1, (e, at) -> failures.after(e)); // they show now
        var asked = new RevisionFailures(context.session().subject(), context.script(), "verify");
        int number = 0;
        for (var check : checks) {
            int n = ++number;
            var question =
                    JournalSql.verify(check.sql(), RevisionFailures.VERIFY, "verify is not true");
            add(question, 1, (e, at) -> asked.at(n, check, e, 0));
        }
    }

    private void close(RevisionFailures failures) {
        StepMessage.Meaning late = (e, at) -> failures.after(e);
        add("SET CONSTRAINTS ALL IMMEDIATE", 1, late);
        // As it began, so that the journal is written, and committed, as it must be.
        add("RESET SESSION AUTHORIZATION; RESET search_path; RESET synchronous_commit", 3, late);
        if (cargo.print()) {
            context.print().forget().forEach(sql -> add(sql, 1, late)); // a revision's end
        }
        var prints = cargo.print() && context.print().isAsked();
        if (prints) {
            add(context.print().ask(), StepFingerprints.STATEMENTS, late);
        }
        var print = prints ? StepFingerprints.VALUE : "NULL";
        var keeps = prints && context.journal().keepsCatalog();
        var kept = keeps ? KeptCatalog.left() : null;
        add(sql.close(before, after, entry, null, print, kept) + "; COMMIT", 2, late);
    }

    private void add(String text, int statements, StepMessage.Meaning meaning) {
        if (messages.getLast().length() + text.length() > MEGABYTE) {
            messages.add(new StepMessage());
        }
        messages.getLast().add(text, statements, meaning);
    }

    private SqlResult<List<Row>> await() {
        var counted = Objects.requireNonNull(sent, "sent");
        var message = Objects.requireNonNull(last, "last");
        try {
            return context.session().await(counted.answer(), context.bound(message.statements()));
        } catch (PgServerError e) {
            throw new StepFailure(e, message.explain(e, counted.completed().get()));
        }
    }

    /**
     * Waits until it is committed.
     *
     * @return the state it left, with the fingerprint where it is a revision's end
     * @throws StepFailure if it was not; the session is left in a failed transaction
     * @throws MigrationFailed if it was, but left settings behind
     */
    public JournalState land() {
        var results = await();
        LeftSettings.refuse(context, left(Objects.requireNonNull(left, "left")));
        return before.after(entry, after.heads(), fingerprint(results));
    }

    private List<String> left(Future<RowSet<Row>> answer) {
        try {
            return LeftSettings.read(context, answer, custom, cargo.print());
        } catch (PgServerError e) {
            if (!Patience.isCancelled(e)) {
                throw e;
            }
            // Meant for the statements, the cancellation came when they were committed.
            var again = context.session().send(LeftSettings.question(cargo.statements()));
            return LeftSettings.read(context, again, custom, cargo.print());
        }
    }

    private static @Nullable String fingerprint(SqlResult<List<Row>> results) {
        for (var result = results; result != null; result = result.next()) {
            var names = result.columnsNames();
            if (names != null && names.contains(PRINT) && !result.value().isEmpty()) {
                return result.value().getFirst().getString(PRINT);
            }
        }
        throw new IllegalStateException("the closing statement gave no row");
    }

    /** It will not land: what it still answers repeats an error that is known. */
    public void abandon() {
        if (sent != null) {
            sent.answer().onFailure(ignored -> {});
        }
        if (left != null) {
            left.onFailure(ignored -> {});
        }
        custom.abandon();
    }
}
