// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults.work;

import dev.skein.engine.SkeinException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** What goes on in six databases, one thing after the other: out, back, restored, by hand. */
final class TenantLane {
    private static final int BY_HAND_IN = 5;
    private static final int LEFT_ALONE_IN = 4;
    private static final int BACK_IN = 3;
    private static final long HAND_MILLIS = 4000;
    private static final long LOOK_MILLIS = 200;

    /** A rollout that was not taken back, and what there was before it. */
    private record Brought(String id, Map<TenantName, TenantMoment> was) {}

    private final String letter;
    private final TenantDatabases databases;
    private final Ledger ledger;
    private final Violations violations;
    private final Random random;
    private final BooleanSupplier settling;
    private final LaneRollouts rollouts;
    private final Deque<Brought> brought = new ArrayDeque<>();

    TenantLane(
            String letter,
            TenantDatabases databases,
            StackOperators desk,
            Ledger ledger,
            Violations violations,
            Random random,
            BooleanSupplier settling) {
        this.letter = letter;
        this.databases = databases;
        this.ledger = ledger;
        this.violations = violations;
        this.random = random;
        this.settling = settling;
        this.rollouts = new LaneRollouts(letter, desk, ledger, random, settling);
    }

    /** How many rollouts and rollbacks it has brought to their end. */
    int completed() {
        return rollouts.completed();
    }

    /** The rollouts that have not come to their end. */
    List<String> unfinished() {
        return rollouts.unfinished();
    }

    /** The rollouts since the last call that nothing but an abort has ended. */
    List<String> givenUp() {
        return rollouts.givenUp();
    }

    /** Ends what an earlier turn could not. */
    void finish() throws InterruptedException {
        rollouts.finish();
    }

    /**
     * One whole piece of work.
     *
     * @throws SkeinException where a database could not be reached from here; {@link #finish} goes
     *     on
     */
    void turn() throws InterruptedException {
        finish();
        if (random.nextInt(BY_HAND_IN) == 0) {
            changeByHand();
            return;
        }
        var was = TenantMoment.of(databases, letter);
        var id = rollouts.newId();
        boolean saved = random.nextInt(2) == 0;
        if (!rollouts.propose(id, saved)) {
            if (!settling.getAsBoolean()) {
                goBack();
            }
            return;
        }
        rollouts.bringToEnd(id);
        brought.add(new Brought(id, was));
        if (settling.getAsBoolean()) {
            return;
        }
        if (saved && random.nextBoolean()) {
            restore(id, was);
        } else if (random.nextInt(BACK_IN) > 0) {
            goBack();
        }
    }

    /** Whoever is at the last revision has nothing to do before something is taken back. */
    private void goBack() throws InterruptedException {
        var last = brought.pollLast();
        if (last != null && !takeBack(last.id(), last.was())) {
            brought.add(last);
        }
    }

    /** Gives whether it is done with: it was under way, or there is nothing of it to take back. */
    private boolean takeBack(String id, Map<TenantName, TenantMoment> was)
            throws InterruptedException {
        var undo = rollouts.takeBack(id, Map.of("way", "downgrade"));
        if (undo.isEmpty()) {
            return true;
        }
        if (!rollouts.exists(undo)) {
            return false;
        }
        rollouts.bringToEnd(undo);
        for (var tenant : rollouts.succeeded(undo)) {
            var before = was.get(tenant);
            if (before != null) {
                before.compareShape(databases, tenant, undo, violations);
            }
        }
        return true;
    }

    /** A bug of the tenant's own program destroys rows; they are fetched from the backup. */
    private void restore(String id, Map<TenantName, TenantMoment> was) throws InterruptedException {
        var moved = rollouts.succeeded(id);
        if (moved.isEmpty()) {
            return;
        }
        var victim = moved.get(random.nextInt(moved.size()));
        databases.run(victim, "DELETE FROM orders WHERE id % 2 = 0");
        var undo = rollouts.takeBack(id, Map.of("way", "restore", "database", victim.name()));
        if (undo.isEmpty() || !rollouts.exists(undo)) {
            return;
        }
        rollouts.bringToEnd(undo);
        var before = was.get(victim);
        if (before != null && rollouts.succeeded(undo).contains(victim)) {
            before.compareShape(databases, victim, undo, violations);
            before.compareRows(databases, victim, undo, violations);
        }
    }

    /** Somebody makes an index that nobody planned, and takes it away again. */
    private void changeByHand() throws InterruptedException {
        var all = TenantDatabases.lane(letter);
        var tenant = all.get(random.nextInt(all.size()));
        ledger.changedByHand(tenant);
        var heads = databases.heads(tenant);
        try {
            if (heads.isEmpty() || random.nextInt(LEFT_ALONE_IN) == 0) {
                makeIndex(tenant);
                leaveAlone();
            } else {
                rollOutPast(tenant, heads);
            }
        } finally {
            dropIndex(tenant); // whatever became of it: the answer of what was done may be lost
        }
    }

    private void makeIndex(TenantName tenant) {
        databases.run(tenant, "CREATE INDEX IF NOT EXISTS by_hand ON stock (note)");
    }

    private void leaveAlone() throws InterruptedException {
        long end = System.nanoTime() + HAND_MILLIS * 1_000_000;
        while (!settling.getAsBoolean() && System.nanoTime() < end) {
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /**
     * A rollout that meets what somebody did by hand moves everything but that database. It was
     * done before the plan was made, or after it, when only who runs the plan can find it out.
     */
    private void rollOutPast(TenantName tenant, List<String> heads) throws InterruptedException {
        boolean planned = random.nextBoolean();
        if (!planned) {
            makeIndex(tenant);
        }
        var was = TenantMoment.of(databases, letter);
        var id = rollouts.newId();
        if (!rollouts.propose(id, false)) {
            return;
        }
        try {
            if (planned) {
                makeIndex(tenant);
            }
        } finally {
            rollouts.bringToEnd(id);
        }
        was.remove(tenant); // it was set aside, as it was then
        brought.add(new Brought(id, was));
        var now = databases.heads(tenant);
        if (!now.equals(heads)) {
            violations.add(
                    "I12",
                    "%s was moved by %s from %s to %s, and nobody said that its index may be there"
                            .formatted(tenant, id, heads, now));
        }
    }

    private void dropIndex(TenantName tenant) throws InterruptedException {
        while (true) {
            try {
                databases.run(tenant, "DROP INDEX IF EXISTS by_hand");
                return;
            } catch (SkeinException e) {
                Thread.sleep(LOOK_MILLIS); // its server is down; it comes back
            }
        }
    }
}
