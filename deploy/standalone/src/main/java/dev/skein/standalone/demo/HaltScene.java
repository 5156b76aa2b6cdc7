// SPDX-License-Identifier: Apache-2.0
package dev.skein.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.engine.journal.JournalState;
import dev.skein.standalone.demo.DemoTenants.Tenant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A revision that fails on some databases halts its rollout within its budget. */
final class HaltScene {
    private static final int BUDGET = 1;

    private final DemoTenants tenants;
    private final DemoClaims claims;
    private final DemoUsers cast;
    private final DemoFiles stage;
    private final DemoPush push;

    HaltScene(
            DemoTenants tenants,
            DemoClaims claims,
            DemoUsers cast,
            DemoFiles stage,
            DemoPush push) {
        this.tenants = tenants;
        this.claims = claims;
        this.cast = cast;
        this.stage = stage;
        this.push = push;
    }

    /** Gives the milliseconds from the approval to the halt. */
    long tell() {
        claims.chapter("3. A revision that works on the canary fails on some tenants");
        var before = tenants.journals();
        var id = stage.id("unique-email");
        propose(id);
        long began = System.nanoTime();
        cast.as(DemoUsers.APPROVER, "rollout", "approve", id);
        int code = cast.as(DemoUsers.AUTHOR, "rollout", "watch", id, "--timeout", "120");
        DemoWait.until(() -> running(id) == 0);
        long millis = Demo.millis(began);
        cast.as(DemoUsers.AUTHOR, "rollout", "show", id);
        var shown = cast.ask(DemoUsers.AUTHOR, "rollout", "show", id);
        claims.that(
                "it halts by itself", code == 1 && shown.path("status").asText().equals("halted"));
        claims.that("the canary and the early wave passed", passed(shown, 0) && passed(shown, 1));
        claimFailures(shown);
        claimTouchedAndUntouched(before, shown);
        return millis;
    }

    private void propose(String id) {
        var bundle = push.push(stage.uniqueEmail());
        var rollout =
                stage.rollout(
                        "unique-email",
                        bundle,
                        String.valueOf(BUDGET),
                        Demo.PARALLEL,
                        RestoreScene.saving(tenants));
        cast.as(DemoUsers.AUTHOR, "rollout", "create", rollout.toString());
        cast.as(DemoUsers.AUTHOR, "rollout", "plan", id, "--wait", "60");
    }

    private void claimFailures(JsonNode shown) {
        int failed = shown.path("waves").path(2).path("failed").asInt();
        claims.that(
                "it stopped within its budget of %d and the %d databases in flight: %d failed"
                        .formatted(BUDGET, Demo.PARALLEL, failed),
                failed > BUDGET && failed <= BUDGET + Demo.PARALLEL);
        var failures = shown.path("failures");
        claims.that(
                "the failures are one group: " + failures.path(0).path("signature").asText(),
                failures.size() == 1 && failures.path(0).path("databases").asInt() == failed);
    }

    private void claimTouchedAndUntouched(Map<Tenant, JournalState> before, JsonNode shown) {
        int moved = 0;
        int rolledBack = 0;
        int untouched = 0;
        for (var tenant : tenants.all()) {
            var is = tenants.journal(tenant).orElseThrow();
            if (is.heads().equals(List.of("u200"))) {
                moved++;
            } else if (isUntouched(tenant, before.get(tenant), is)) {
                untouched++;
            } else {
                rolledBack++;
            }
        }
        claim(shown, moved, rolledBack, untouched);
    }

    private boolean isUntouched(Tenant tenant, @Nullable JournalState was, JournalState is) {
        return was != null && (is.seq() == was.seq() || isOnlySaved(tenant));
    }

    private void claim(JsonNode shown, int moved, int rolledBack, int untouched) {
        int done = sum(shown, "succeeded");
        int failed = sum(shown, "failed");
        claims.that("%d databases have the index".formatted(done), moved == done);
        claims.that(
                "%d failed and were rolled back to where they were".formatted(failed),
                rolledBack == failed);
        claims.that(
                "%d were not touched: their journals have no new entry, but of a backup taken"
                        .formatted(untouched),
                untouched == tenants.all().size() - done - failed && untouched > 0);
    }

    private static int sum(JsonNode shown, String state) {
        int sum = 0;
        for (var wave : shown.path("waves")) {
            sum += wave.path(state).asInt();
        }
        return sum;
    }

    private boolean isOnlySaved(Tenant tenant) {
        return tenants.lastEntry(tenant).equals("backed_up");
    }

    private static boolean passed(JsonNode rollout, int wave) {
        var w = rollout.path("waves").path(wave);
        return w.path("succeeded").asInt() == w.path("planned").asInt();
    }

    private int running(String id) {
        int open = 0;
        for (var wave : cast.ask(DemoUsers.AUTHOR, "rollout", "show", id).path("waves")) {
            open += wave.path("open").asInt();
        }
        return open;
    }
}
