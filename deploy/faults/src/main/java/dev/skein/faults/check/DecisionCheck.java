// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults.check;

import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.journal.Envelope;
import dev.skein.faults.work.Ledger;
import dev.skein.faults.work.Violations;
import dev.skein.faults.world.StackUnderFaults;
import java.time.Instant;
import java.util.List;

/**
 * Decisions and what followed: no wave before the one before it has passed (I4), each command that
 * was acknowledged took effect once (I7), no step without another person's approval for exactly
 * that plan, nor one that it does not have for that database (I8). What was before what is by the
 * databases' clocks, which is one here: those of the programs may be wrong.
 */
final class DecisionCheck {
    private final StackUnderFaults world;
    private final Ledger ledger;
    private final Violations violations;

    DecisionCheck(StackUnderFaults world, Ledger ledger, Violations violations) {
        this.world = world;
        this.ledger = ledger;
        this.violations = violations;
    }

    void check(List<TenantJournal> told) {
        var made = RolloutDecisions.read(world);
        for (var command : ledger.commands()) {
            checkEffects(command, made.of(command.rollout()));
        }
        for (var one : told) {
            for (int n = 0; n < one.says().size(); n++) {
                checkStep(one, one.says().get(n), one.written().get(n), made);
            }
        }
    }

    private void checkEffects(Ledger.Command command, List<RolloutDecisions.Decision> made) {
        long effects =
                made.stream()
                        .filter(decision -> decision.type().equals(command.event()))
                        .filter(decision ->
                                command.reason().isEmpty()
                                        || decision.payload()
                                                .toString()
                                                .contains("\"" + command.reason() + "\""))
                        .count();
        boolean right =
                switch (command.said()) {
                    case DONE -> effects == 1;
                    case UNKNOWN -> effects <= 1;
                    // Without a reason of its own, somebody else's command may have had the effect.
                    case REFUSED -> effects == 0 || command.reason().isEmpty();
                };
        if (!right) {
            violations.add("I7", command + " had " + effects + " effects");
        }
    }

    private void checkStep(
            TenantJournal told, Envelope says, Instant at, RolloutDecisions decisions) {
        var rollout = says.rollout();
        if (rollout == null
                || (says.kind() != EntryKind.APPLIED && says.kind() != EntryKind.REVERTED)) {
            return;
        }
        var made = decisions.of(rollout);
        var where = told.tenant() + " entry " + says.seq() + " of " + rollout;
        if (!RolloutDecisions.isApproved(made, at)) {
            violations.add("I8", where + " has no approval by somebody else: " + made);
        }
        var part = decisions.part(rollout, says.uid());
        if (part == null) {
            violations.add("I8", where + ": the database is in no wave of it");
            return;
        }
        if (!part.path().isEmpty() && !part.path().contains(String.valueOf(says.revision()))) {
            violations.add(
                    "I8", where + " is of " + says.revision() + ", and planned was " + part.path());
        }
        checkWave(where, part.wave(), made, at);
    }

    private void checkWave(
            String where, int wave, List<RolloutDecisions.Decision> made, Instant at) {
        if (wave > 0 && !RolloutDecisions.hasPassed(made, wave - 1, at)) {
            violations.add(
                    "I4", where + " is of wave " + wave + ", and the one before had not passed");
        } else if (RolloutDecisions.hasPassed(made, wave, at)) {
            violations.add("I4", where + " is of wave " + wave + ", which had passed");
        }
    }
}
