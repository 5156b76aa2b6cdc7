// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults.work;

import dev.skein.faults.work.Ledger.Command;
import dev.skein.faults.work.StackOperators.Said;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.BooleanSupplier;

/** The rollouts and rollbacks of a lane, from the proposal to the end. */
final class LaneRollouts {
    private static final List<String> GOALS = List.of("heads", "heads", "f2", "f3", "f4");
    private static final long LOOK_MILLIS = 200;

    private final String letter;
    private final StackOperators desk;
    private final Ledger ledger;
    private final Random random;
    private final String bundle;
    private final OnCall onCall;
    private final Deque<String> unfinished = new ConcurrentLinkedDeque<>();
    private int completed;

    LaneRollouts(
            String letter,
            StackOperators desk,
            Ledger ledger,
            Random random,
            BooleanSupplier settling) {
        this.letter = letter;
        this.desk = desk;
        this.ledger = ledger;
        this.random = random;
        this.bundle = TenantDatabases.revisions().digest();
        this.onCall = new OnCall(desk, ledger, random, settling);
    }

    /** How many were brought to their end. */
    int completed() {
        return completed;
    }

    /** Those that have not come to their end. */
    List<String> unfinished() {
        return List.copyOf(unfinished);
    }

    /** Those since the last call that nothing but an abort has ended. */
    List<String> givenUp() {
        return onCall.givenUp();
    }

    /** A name that no other rollout has. */
    String newId() {
        return "r-" + letter + "-" + ledger.number();
    }

    /** Proposes a rollout; gives whether there is one now. */
    boolean propose(String id, boolean saved) throws InterruptedException {
        var spec = spec(id, saved);
        var said = desk.post(StackOperators.AUTHOR, "/api/rollouts", spec).said();
        ledger.gave(new Command(id, "Created", "", said));
        return said == Said.DONE || (said == Said.UNKNOWN && onCall.exists(id));
    }

    private Map<String, Object> spec(String id, boolean saved) {
        return Map.of(
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
    }

    /**
     * Takes a rollout back.
     *
     * @param how beside the reason
     * @return the rollback's name; empty where there is none
     */
    String takeBack(String id, Map<String, String> how) throws InterruptedException {
        return onCall.takeBack(id, how);
    }

    boolean exists(String id) throws InterruptedException {
        return onCall.exists(id);
    }

    /** Sees to it that one that exists comes to its end. */
    void bringToEnd(String id) throws InterruptedException {
        unfinished.add(id);
        end(id);
    }

    /** Ends those that could not be ended before. */
    void finish() throws InterruptedException {
        while (!unfinished.isEmpty()) {
            end(unfinished.getLast());
        }
    }

    private void end(String id) throws InterruptedException {
        var shown = onCall.finish(id);
        unfinished.remove(id);
        completed += shown.path("status").asText().equals("completed") ? 1 : 0;
    }

    /** The databases on which it succeeded; asks until somebody knows. */
    List<TenantName> succeeded(String id) throws InterruptedException {
        while (true) {
            var targets = desk.get(StackOperators.OPERATOR, "/api/rollouts/" + id + "/targets");
            if (targets.isArray()) {
                var names = new HashSet<String>();
                for (var one : targets) {
                    if (one.path("state").asText().equals("succeeded")) {
                        names.add(one.path("name").asText());
                    }
                }
                return TenantDatabases.lane(letter).stream()
                        .filter(tenant -> names.contains(tenant.name()))
                        .toList();
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }
}
