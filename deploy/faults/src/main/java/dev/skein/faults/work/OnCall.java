// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults.work;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.faults.work.Ledger.Command;
import dev.skein.faults.work.StackOperators.Said;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;

/**
 * Whoever watches over a rollout until it is over: approves it, now and then pauses it, lets it go
 * on where it halted, and ends it where that does not help.
 */
final class OnCall {
    private static final long LOOK_MILLIS = 200;
    private static final int MOST_RESUMED = 4;
    private static final int PAUSES_IN = 40;
    private static final int SELF_IN = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ROLLOUTS = "/api/rollouts/";

    private final StackOperators desk;
    private final Ledger ledger;
    private final Random random;
    private final BooleanSupplier settling;
    private final Queue<String> givenUp = new ConcurrentLinkedQueue<>();

    /**
     * @param settling whether nothing is injected any more and all must come to an end
     */
    OnCall(StackOperators desk, Ledger ledger, Random random, BooleanSupplier settling) {
        this.desk = desk;
        this.ledger = ledger;
        this.random = random;
        this.settling = settling;
    }

    /** Sees to it that it ends; gives what it looked like then. */
    JsonNode finish(String id) throws InterruptedException {
        int resumed = 0;
        long settlingSince = 0;
        while (true) {
            var shown = desk.get(StackOperators.OPERATOR, ROLLOUTS + id);
            var status = shown.path("status").asText();
            if (isOver(shown)) {
                return shown;
            }
            if (settling.getAsBoolean() && settlingSince == 0) {
                settlingSince = System.nanoTime();
            }
            boolean late =
                    settlingSince != 0 && System.nanoTime() - settlingSince > PATIENCE.toNanos();
            if (late && !status.equals("aborted")) {
                giveUp(id);
                say(id, "Aborted", "abort", "it does not end");
            } else if (status.equals("halted") || status.equals("paused")) {
                resumed++;
                goOn(id, status, resumed);
            } else {
                steer(id, shown, status);
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private void giveUp(String id) {
        if (!givenUp.contains(id)) {
            givenUp.add(id);
        }
    }

    /** Those since the last call that nothing but an abort has ended. */
    List<String> givenUp() {
        var all = new ArrayList<String>();
        for (var id = givenUp.poll(); id != null; id = givenUp.poll()) {
            all.add(id);
        }
        return all;
    }

    private void goOn(String id, String status, int resumed) throws InterruptedException {
        Thread.sleep(random.nextInt(2, 6) * LOOK_MILLIS);
        if (resumed > MOST_RESUMED && status.equals("halted")) {
            say(id, "Aborted", "abort", "it halts again and again");
        } else {
            say(id, "Resumed", "resume", "on we go");
        }
    }

    private void steer(String id, JsonNode shown, String status) throws InterruptedException {
        if (status.equals("proposed")) {
            approve(id, shown.path("planHash").asText());
        } else if (status.equals("running")
                && !settling.getAsBoolean()
                && random.nextInt(PAUSES_IN) == 0) {
            say(id, "Paused", "pause", "a moment");
        }
    }

    private static boolean isOver(JsonNode shown) {
        var status = shown.path("status").asText();
        int open = 0;
        for (var wave : shown.path("waves")) {
            open += wave.path("open").asInt();
        }
        return open == 0 && (status.equals("completed") || status.equals("aborted"));
    }

    /** Now and then the author tries first, who must not. */
    private void approve(String id, String hash) throws InterruptedException {
        var who = random.nextInt(SELF_IN) == 0 ? StackOperators.AUTHOR : StackOperators.APPROVER;
        var said = desk.post(who, ROLLOUTS + id + "/approve", Map.of("planHash", hash));
        ledger.gave(new Command(id, "Approved", "", said.said()));
    }

    private void say(String id, String event, String verb, String why) throws InterruptedException {
        var reason = ledger.reason(why);
        var said =
                desk.post(
                        StackOperators.OPERATOR,
                        ROLLOUTS + id + "/" + verb,
                        Map.of("reason", reason));
        ledger.gave(new Command(id, event, reason, said.said()));
    }

    /**
     * Takes a rollout back; where the answer was lost, looks whether it is under way.
     *
     * @param more how, beside the reason
     * @return the rollback's name; empty where there is none
     */
    String takeBack(String id, Map<String, String> more) throws InterruptedException {
        var reason = ledger.reason("back");
        var body = new HashMap<String, String>(more);
        body.put("reason", reason);
        var answer = desk.post(StackOperators.OPERATOR, ROLLOUTS + id + "/rollback", body);
        var back = id + "-rollback";
        if (answer.said() == Said.DONE) {
            back = answer.body().path("id").asText();
        }
        ledger.gave(new Command(back, "Created", reason, answer.said()));
        return answer.said() == Said.REFUSED ? "" : back;
    }

    /** Whether there is such a rollout; asks until somebody knows. */
    boolean exists(String id) throws InterruptedException {
        while (true) {
            var all = desk.get(StackOperators.OPERATOR, "/api/rollouts");
            if (all.isArray()) {
                for (var one : all) {
                    if (one.path("id").asText().equals(id)) {
                        return true;
                    }
                }
                return false;
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }
}
