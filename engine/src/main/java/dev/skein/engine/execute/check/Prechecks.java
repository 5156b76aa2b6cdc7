// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.check;

import dev.skein.engine.execute.order.MigrationFailed;
import dev.skein.engine.execute.order.RevisionFailures;
import dev.skein.engine.execute.order.RunRefusal;
import dev.skein.engine.execute.session.Patience;
import dev.skein.engine.execute.session.RunContext;
import dev.skein.engine.plan.Direction;
import dev.skein.engine.plan.Plan;
import dev.skein.engine.plan.Step;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.script.Script;
import dev.skein.engine.script.ScriptPiece.Statement;
import dev.skein.engine.script.Scripts;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks the questions of {@code precheck} sections, read-only. All are asked before the first step.
 * A question about something that an earlier step of the same run will create cannot be answered
 * yet; it is asked again right before its own step.
 */
public final class Prechecks {
    private static final Duration PRECHECK_TIMEOUT = Duration.ofMinutes(10);
    private static final Set<String> NOT_YET = Set.of("42P01", "42703", "42883", "3F000", "42704");

    private final PgSession session;
    private final Scripts scripts;
    private final Patience patience;
    private final Set<String> early = new HashSet<>();
    private boolean asked;

    public Prechecks(RunContext run) {
        this.session = run.session();
        this.scripts = run.scripts();
        this.patience = run.newPatience(); // with whoever holds what a question reads
    }

    /**
     * Asks everything; refuses the database where an answer is not true.
     *
     * @return whether there was something to ask
     */
    public boolean askAll(Plan plan) {
        boolean first = true;
        for (var step : plan.steps()) {
            asked |= !scripts.get(step.revision()).precheck().isEmpty();
            ask(step, !first);
            first = false;
        }
        return asked;
    }

    /** Whether there was something to ask before the first step. */
    public boolean haveAsked() {
        return asked;
    }

    /** Whether its questions wait for earlier steps. */
    public boolean isLate(Step step) {
        return early.contains(step.revision());
    }

    /**
     * Asks again what could not be answered before; nothing may be missing any more.
     *
     * @return whether there was something to ask
     * @throws RunRefusal if something is missing still
     */
    public boolean askLate(Step step) {
        var isAsked = early.remove(step.revision());
        if (isAsked) {
            try {
                ask(step, false);
            } catch (RunRefusal e) {
                throw missing(scripts.get(step.revision()), e);
            }
        }
        return isAsked;
    }

    private MigrationFailed missing(Script script, RunRefusal e) {
        int line = script.precheck().line();
        return new RevisionFailures(session.subject(), script, "precheck")
                .of(0, line, RevisionFailures.UNLIKE, e.found(), e.discreetFinding(), e.remedy());
    }

    private void ask(Step step, boolean mayBeEarly) {
        if (step.direction() == Direction.DOWN) {
            return;
        }
        var script = scripts.get(step.revision());
        for (var question : script.precheck().statements()) {
            if (!Boolean.TRUE.equals(answer(script, question, mayBeEarly))) {
                throw new RunRefusal(
                        session.subject(),
                        "the precheck at " + script.file() + ":" + question.line() + " is not true",
                        "Make it true, or leave this database out");
            }
        }
    }

    private @Nullable Boolean answer(Script script, Statement question, boolean mayBeEarly) {
        try {
            return patience.reading(() -> answer(question));
        } catch (PgServerError e) {
            if (mayBeEarly && NOT_YET.contains(e.sqlState())) {
                early.add(script.id());
                return true;
            }
            var fails = "the precheck at %s:%d fails: ".formatted(script.file(), question.line());
            throw new RunRefusal(
                    session.subject(),
                    fails + e.serverMessage(),
                    "Correct the question",
                    fails + e.discreetMessage(question.sql()));
        }
    }

    private @Nullable Boolean answer(Statement question) {
        session.script("BEGIN READ ONLY", PRECHECK_TIMEOUT); // without it, a question may write
        var asked = session.sendCounted(question.sql()).answer();
        var end = session.send("ROLLBACK");
        try {
            return BooleanAnswer.only(session.await(asked, PRECHECK_TIMEOUT).value());
        } finally {
            session.await(end, PRECHECK_TIMEOUT);
        }
    }
}
