// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults.work;

import dev.skein.faults.work.StackOperators.Said;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** What was asked for, and what was answered. */
public final class Ledger {
    /**
     * A command that was given.
     *
     * @param rollout on which
     * @param event what it leaves in the rollout's stream, for example {@code Paused}
     * @param reason given with it, like no other; empty where there is none
     */
    public record Command(String rollout, String event, String reason, Said said) {}

    private final ConcurrentLinkedQueue<Command> commands = new ConcurrentLinkedQueue<>();
    private final Set<TenantName> drifted = ConcurrentHashMap.newKeySet();
    private final AtomicInteger reasons = new AtomicInteger();
    private final AtomicInteger rollouts = new AtomicInteger();

    /** A reason that nobody else gives. */
    String reason(String why) {
        return why + " (" + reasons.incrementAndGet() + ")";
    }

    /** A number that no other rollout has. */
    int number() {
        return rollouts.incrementAndGet();
    }

    void gave(Command command) {
        commands.add(command);
    }

    void changedByHand(TenantName tenant) {
        drifted.add(tenant);
    }

    /** What was changed by hand so far does not count any more. */
    public void forgetChanges() {
        drifted.clear();
    }

    /** Whether somebody has changed it by hand. */
    public boolean isChangedByHand(TenantName tenant) {
        return drifted.contains(tenant);
    }

    /** All that was asked for. */
    public List<Command> commands() {
        return List.copyOf(commands);
    }
}
