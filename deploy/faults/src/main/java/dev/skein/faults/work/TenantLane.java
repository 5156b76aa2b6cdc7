// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults.work;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.engine.SkeinException;
import dev.skein.engine.sample.RowDigest;
import dev.skein.faults.work.Ledger.Command;
import dev.skein.faults.work.StackOperators.Said;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.BooleanSupplier;

/** What goes on in six databases, one thing after the other: out, back, restored, by hand. */
final class TenantLane {
    private static final List<String> GOALS = List.of("heads", "heads", "f2", "f3", "f4");
    private static final String I5 = "I5";
    private static final int BY_HAND_IN = 8;
    private static final int BACK_IN = 3;
    private static final long HAND_MILLIS = 4000;
    private static final long LOOK_MILLIS = 200;

    /** What a database was before a rollout. */
    private record Was(String fingerprint, List<String> heads, RowDigest rows) {}

    /** A rollout that was not taken back, and what there was before it. */
    private record Brought(String id, Map<TenantName, Was> was) {}

    private final String letter;
    private final TenantDatabases databases;
    private final StackOperators desk;
    private final Ledger ledger;
    private final Violations violations;
    private final Random random;
    private final String bundle;
    private final BooleanSupplier settling;
    private final OnCall onCall;
    private final Deque<String> unfinished = new ConcurrentLinkedDeque<>();
    private final Deque<Brought> brought = new ArrayDeque<>();
    private int completed;

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
        this.desk = desk;
        this.ledger = ledger;
        this.violations = violations;
        this.random = random;
        this.bundle = TenantDatabases.revisions().digest();
        this.settling = settling;
        this.onCall = new OnCall(desk, ledger, random, settling);
    }

    /** How many rollouts and rollbacks it has brought to their end. */
    int completed() {
        return completed;
    }

    /** The rollouts that have not come to their end. */
    List<String> unfinished() {
        return List.copyOf(unfinished);
    }

    /** Ends what an earlier turn could not. */
    void finish() throws InterruptedException {
        while (!unfinished.isEmpty()) {
            end(unfinished.getLast());
        }
    }

    private JsonNode end(String id) throws InterruptedException {
        var shown = onCall.finish(id);
        unfinished.remove(id);
        completed += shown.path("status").asText().equals("completed") ? 1 : 0;
        return shown;
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
            byHand();
            return;
        }
        var was = was();
        var id = "r-" + letter + "-" + ledger.number();
        boolean saved = random.nextInt(2) == 0;
        if (!proposed(id, saved)) {
            if (!settling.getAsBoolean()) {
                goBack();
            }
            return;
        }
        unfinished.add(id);
        end(id);
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
        if (last != null && !back(last.id(), last.was())) {
            brought.add(last);
        }
    }

    private Map<TenantName, Was> was() {
        var was = new HashMap<TenantName, Was>();
        for (var tenant : TenantDatabases.lane(letter)) {
            was.put(
                    tenant,
                    new Was(
                            databases.fingerprint(tenant),
                            databases.heads(tenant),
                            databases.rows(tenant)));
        }
        return was;
    }

    private boolean proposed(String id, boolean saved) throws InterruptedException {
        var spec =
                Map.of(
                        "rollout",
                        id,
                        "bundle",
                        bundle,
                        "to",
                        GOALS.get(random.nextInt(GOALS.size())),
                        "select",
                        "name = tenant_" + letter + "*",
                        "backup",
                        saved ? "full" : "none \"it is a game\"",
                        "waves",
                        List.of(
                                Map.of("name", "canary", "take", "1 per site"),
                                Map.of("name", "rest", "take", "all", "parallel", 3)));
        var said = desk.post(StackOperators.AUTHOR, "/api/rollouts", spec).said();
        ledger.gave(new Command(id, "Created", "", said));
        return said == Said.DONE || (said == Said.UNKNOWN && onCall.exists(id));
    }

    /** Gives whether it is done with: it was under way, or there is nothing of it to take back. */
    private boolean back(String id, Map<TenantName, Was> was) throws InterruptedException {
        var undo = onCall.takeBack(id, Map.of("way", "downgrade"));
        if (undo.isEmpty()) {
            return true;
        }
        if (!onCall.exists(undo)) {
            return false;
        }
        unfinished.add(undo);
        end(undo);
        for (var tenant : succeeded(undo)) {
            var before = was.get(tenant);
            if (before != null) {
                isAsBefore(undo, tenant, before);
            }
        }
        return true;
    }

    private void isAsBefore(String undo, TenantName tenant, Was before) {
        var heads = databases.heads(tenant);
        var print = databases.fingerprint(tenant);
        if (!heads.equals(before.heads()) || !print.equals(before.fingerprint())) {
            violations.add(
                    I5,
                    "%s after %s: heads %s, fingerprint %s; before %s, %s"
                            .formatted(
                                    tenant,
                                    undo,
                                    heads,
                                    print,
                                    before.heads(),
                                    before.fingerprint()));
        }
    }

    private List<TenantName> succeeded(String id) throws InterruptedException {
        var all = TenantDatabases.lane(letter);
        while (true) {
            var targets = desk.get(StackOperators.OPERATOR, "/api/rollouts/" + id + "/targets");
            if (targets.isArray()) {
                var names = new java.util.HashSet<String>();
                for (var one : targets) {
                    if (one.path("state").asText().equals("succeeded")) {
                        names.add(one.path("name").asText());
                    }
                }
                return all.stream().filter(tenant -> names.contains(tenant.name())).toList();
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /** A bug of the tenant's own program destroys rows; they are fetched from the backup. */
    private void restore(String id, Map<TenantName, Was> was) throws InterruptedException {
        var moved = succeeded(id);
        if (moved.isEmpty()) {
            return;
        }
        var victim = moved.get(random.nextInt(moved.size()));
        databases.run(victim, "DELETE FROM orders WHERE id % 2 = 0");
        var undo = onCall.takeBack(id, Map.of("way", "restore", "database", victim.name()));
        if (undo.isEmpty() || !onCall.exists(undo)) {
            return;
        }
        unfinished.add(undo);
        end(undo);
        var before = was.get(victim);
        if (before != null && succeeded(undo).contains(victim)) {
            isAsBefore(undo, victim, before);
            var now = databases.rows(victim);
            if (!before.rows().changed(now).isEmpty() || !now.changed(before.rows()).isEmpty()) {
                violations.add(
                        I5,
                        "%s after %s: rows of %s"
                                .formatted(victim, undo, before.rows().changed(now)));
            }
        }
    }

    /** Somebody makes an index that nobody planned, and takes it away again. */
    private void byHand() throws InterruptedException {
        var all = TenantDatabases.lane(letter);
        var tenant = all.get(random.nextInt(all.size()));
        ledger.changedByHand(tenant);
        var heads = databases.heads(tenant);
        try {
            databases.run(tenant, "CREATE INDEX IF NOT EXISTS by_hand ON stock (note)");
            look(tenant, heads);
        } finally {
            tidy(tenant); // whatever became of it: the answer of what was done may be lost
        }
    }

    private void look(TenantName tenant, List<String> heads) throws InterruptedException {
        if (!heads.isEmpty() && random.nextBoolean()) {
            meet(tenant, heads);
            return;
        }
        long end = System.nanoTime() + HAND_MILLIS * 1_000_000;
        while (!settling.getAsBoolean() && System.nanoTime() < end) {
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /** A rollout that meets what somebody did by hand moves everything but that database. */
    private void meet(TenantName tenant, List<String> heads) throws InterruptedException {
        var was = was();
        var id = "r-" + letter + "-" + ledger.number();
        if (!proposed(id, false)) {
            return;
        }
        unfinished.add(id);
        end(id);
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

    private void tidy(TenantName tenant) throws InterruptedException {
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
