// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.step;

import dev.skein.engine.execute.order.Brake;
import dev.skein.engine.execute.order.Progress;
import dev.skein.engine.execute.order.RevisionFailures;
import dev.skein.engine.execute.session.RunContext;
import dev.skein.engine.execute.session.SessionSettings;
import dev.skein.engine.journal.EntryBody.RevisionVersion;
import dev.skein.engine.journal.EntryChain;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.plan.Direction;
import dev.skein.engine.plan.Step;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.script.Script;
import dev.skein.engine.script.Section;
import java.time.Duration;

/**
 * What a step is carried out with.
 *
 * @param fingerprint how it learns the fingerprint that it leaves
 * @param locks those of the session that earlier steps keep
 */
public record StepContext(
        RunContext run, Step step, StepFingerprints fingerprint, KeptLocks locks) {

    PgSession session() {
        return run.session();
    }

    Journal journal() {
        return run.contact().journal();
    }

    EntryChain chain() {
        return run.contact().chain();
    }

    Progress progress() {
        return run.progress();
    }

    Brake brake() {
        return run.brake();
    }

    public Script script() {
        return run.scripts().get(step.revision());
    }

    Section section() {
        return step.direction() == Direction.UP ? script().upgrade() : script().downgrade();
    }

    RevisionVersion version() {
        return new RevisionVersion(script().id(), script().checksum());
    }

    String sectionName() {
        return step.direction() == Direction.UP ? "upgrade" : "downgrade";
    }

    /** A message that opens a transaction with the script's own timeouts, under a guard. */
    StepMessage begin(String guard) {
        return begin(new StepMessage(), guard);
    }

    /** The same for what begins without the settings that earlier revisions left. */
    StepMessage beginAnew(String guard) {
        var failures = failures();
        var message = new StepMessage();
        for (var sql : SessionSettings.anew(session().major())) {
            message.add(sql, 1, (e, at) -> failures.after(e));
        }
        return begin(message, guard);
    }

    private StepMessage begin(StepMessage message, String guard) {
        var failures = failures();
        StepMessage.Meaning early = (e, at) -> failures.after(e);
        message.add("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE", 1, early);
        var lock = script().lockTimeout();
        if (lock != null) {
            message.add("SET LOCAL lock_timeout = " + lock.toMillis(), 1, early);
        }
        var statement = script().statementTimeout();
        if (statement != null) {
            message.add("SET LOCAL statement_timeout = " + statement.toMillis(), 1, early);
        }
        return message.add(guard, 1, early);
    }

    Duration statementTimeout() {
        var own = script().statementTimeout();
        return own == null ? run.order().limits().statementTimeout() : own;
    }

    /** How long to wait for one statement's answer: a bit longer than the server may take. */
    Duration bound() {
        return bound(1);
    }

    /** The same for a message: the server's timeout counts each of its statements anew. */
    Duration bound(int statements) {
        var timeout = statementTimeout();
        return timeout.isZero()
                ? Duration.ofDays(7)
                : timeout.multipliedBy(statements).plusSeconds(30);
    }

    public RevisionFailures failures() {
        return new RevisionFailures(run.subject(), script(), sectionName());
    }
}
