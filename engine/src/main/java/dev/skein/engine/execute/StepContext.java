// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.journal.Chain;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.plan.Direction;
import dev.skein.engine.plan.Step;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.script.Script;
import dev.skein.engine.script.Section;
import java.time.Duration;

/**
 * What a step runner needs.
 *
 * @param last whether the run's last step: it also stores the fingerprint it leaves
 */
record StepContext(
        PgSession session,
        Journal journal,
        Chain chain,
        Limits limits,
        Script script,
        Step step,
        boolean last,
        Progress progress) {

    Section section() {
        return step.direction() == Direction.UP ? script.upgrade() : script.downgrade();
    }

    String sectionName() {
        return step.direction() == Direction.UP ? "upgrade" : "downgrade";
    }

    Duration statementTimeout() {
        var own = script.statementTimeout();
        return own == null ? limits.statementTimeout() : own;
    }

    /** How long to wait for one message's answer: a bit longer than the server may take. */
    Duration bound() {
        var timeout = statementTimeout();
        return timeout.isZero() ? Duration.ofHours(24) : timeout.plusSeconds(30);
    }

    Failures failures() {
        return new Failures(session.subject(), script, sectionName());
    }
}
