// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.site;

import dev.skein.api.rollout.Rollout;
import dev.skein.api.rollout.RolloutAction;
import dev.skein.api.rollout.RolloutSpec;
import dev.skein.api.rollout.WaveTally;
import dev.skein.api.store.DirectiveOutcome;
import dev.skein.api.store.TargetStanding;
import dev.skein.engine.execute.order.ApprovedPath;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the parts keep to. Tests break one at a time and see that it is noticed. */
public class SimulationRules {
    /** Whether an outcome counts for a target. */
    public boolean counts(TargetStanding target, DirectiveOutcome outcome) {
        return target.counts(outcome);
    }

    /** What the gate is told of a wave. */
    public WaveTally tally(WaveTally counted) {
        return counted;
    }

    /**
     * What time it is where something is decided.
     *
     * @param database the database's clock
     * @param own the process's
     */
    public Instant now(Instant database, Instant own) {
        return database;
    }

    /** What becomes of a command on its way to the decision. */
    public RolloutAction asked(RolloutAction command, Rollout state) {
        return command;
    }

    /** Whether a process may send that believes to lead, as far as it is told. */
    public boolean leads(boolean told) {
        return told;
    }

    /** Whether a producer may send, of which is known whether it is the newest of its site. */
    public boolean sends(boolean newest) {
        return newest;
    }

    /** Whether a transaction that lost against another one leaves nothing behind. */
    public boolean undoesWhatLost() {
        return true;
    }

    /** Whether where to read on is noted with what was read, and not before. */
    public boolean keepsPositionWithEffect() {
        return true;
    }

    /** Whether a journal that accepted a generation takes up another one. */
    public boolean accepts(long accepted, long generation) {
        return accepted <= generation;
    }

    /** Whether a step may commit of a session that fenced with this epoch. */
    public boolean commits(long fenced, long epoch) {
        return fenced == epoch;
    }

    /** Whether steps may run where these were approved. */
    public boolean covers(@Nullable ApprovedPath approved, List<String> steps) {
        return approved == null || approved.covers(steps);
    }

    /** For how long a process has missed nothing, of which it is known. */
    public Duration listened(Duration told) {
        return told;
    }

    /** Whether a directive is answered whose database is not there. */
    public boolean answersForWhatIsGone() {
        return true;
    }

    /** The sites that the control plane waits for, of all that there ever were. */
    public List<String> awaited(List<String> all, List<String> left) {
        return left;
    }

    /** Whether nothing more is to be sent to a site whose topic is gone. */
    public boolean endsWhatGoesNowhere() {
        return true;
    }

    /** What a rollback takes back, of what was asked for. */
    public RolloutSpec.Undo takesBack(RolloutSpec.Undo asked) {
        return asked;
    }

    /** Whether nothing older can run any more once a database is said to be held. */
    public boolean fencesHolds() {
        return true;
    }
}
