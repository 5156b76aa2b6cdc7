// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.step;

import dev.skein.engine.execute.session.Patience;
import dev.skein.engine.execute.session.StepFailure;
import dev.skein.engine.journal.Entry;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.script.ScriptPiece.Statement;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlResult;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One revision in one transaction, sent in one message without waiting: the guard, the statements,
 * the checks, the closing statement and COMMIT. Once one statement fails, the server skips the rest
 * of its message, and every step behind this one: their guards do not find what this one should
 * have left.
 *
 * <p>A revision beyond a megabyte goes in several messages, each awaited before the next: one is
 * parsed as a whole, and if the one with BEGIN did not parse, the next would run without it.
 */
public final class TransactionalStep {
    private static final String FINGERPRINT = "skein_fingerprint";

    private final StepContext context;
    private final StepCargo cargo;
    private final JournalState before;
    private final JournalState after;
    private final Entry entry;
    private final List<StepMessage> messages;
    private final CustomSettings custom;
    private PgSession.@Nullable Counted sent;
    private @Nullable StepMessage last;
    private @Nullable Future<RowSet<Row>> left;

    private TransactionalStep(StepContext context, StepCargo cargo, JournalState before) {
        this.context = context;
        this.cargo = cargo;
        this.custom = new CustomSettings(cargo.statements());
        this.before = before;
        this.entry = context.chain().next(before, cargo.draft());
        this.after = before.after(entry, cargo.draft().heads(), null);
        this.messages = StepPacking.pack(context, cargo, before, after, entry);
    }

    /** A whole revision. */
    public static TransactionalStep step(StepContext context, JournalState before) {
        return step(context, before, context.section().statements());
    }

    /** A whole revision, sent behind another one. */
    public static TransactionalStep following(StepContext context, JournalState before) {
        var statements = context.section().statements();
        var cargo = StepCargo.revision(context, statements, true);
        return new TransactionalStep(context, cargo, before);
    }

    /** The end of a revision, with other statements than its section's. */
    public static TransactionalStep step(
            StepContext context, JournalState before, List<Statement> statements) {
        var cargo = StepCargo.revision(context, statements, false);
        return new TransactionalStep(context, cargo, before);
    }

    /** One statement of a revision outside a transaction that can have one, with its OUTCOME. */
    static TransactionalStep single(
            StepContext context, JournalState before, int number, Statement statement) {
        var cargo = StepCargo.single(context, before.heads(), number, statement);
        return new TransactionalStep(context, cargo, before);
    }

    /** Whether another step may be sent before this one is committed. */
    public static boolean mayBeFollowed(StepContext context) {
        return !LeftSettings.mayBe(context.section().statements())
                && !KeptLocks.keeps(context.script())
                && context.script().verifyAfter().isEmpty();
    }

    /** The state it leaves when all goes well; without the fingerprint. */
    public JournalState after() {
        return after;
    }

    /** Whether it goes in one message, so that it may follow another before that is committed. */
    public boolean mayFollow() {
        return messages.size() == 1;
    }

    /**
     * Sends everything; waits only where it is more than a megabyte.
     *
     * @throws StepFailure if something that was sent has failed
     */
    public void send() {
        if (cargo.fingerprint()) {
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
    public JournalState complete() {
        var results = await();
        LeftSettings.refuse(context, left(Objects.requireNonNull(left, "left")));
        return before.after(entry, after.heads(), fingerprint(results));
    }

    private List<String> left(Future<RowSet<Row>> answer) {
        try {
            return LeftSettings.read(context, answer, custom, cargo.fingerprint());
        } catch (PgServerError e) {
            if (!Patience.isCancelled(e)) {
                throw e;
            }
            // Meant for the statements, the cancellation came when they were committed.
            var again = context.session().send(LeftSettings.question(cargo.statements()));
            return LeftSettings.read(context, again, custom, cargo.fingerprint());
        }
    }

    private static @Nullable String fingerprint(SqlResult<List<Row>> results) {
        for (var result = results; result != null; result = result.next()) {
            var names = result.columnsNames();
            if (names != null && names.contains(FINGERPRINT) && !result.value().isEmpty()) {
                return result.value().getFirst().getString(FINGERPRINT);
            }
        }
        throw new IllegalStateException("the closing statement gave no row");
    }

    /** It will not be committed: what it still answers repeats an error that is known. */
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
