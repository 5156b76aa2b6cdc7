// SPDX-License-Identifier: Apache-2.0
package dev.skein.standalone.demo;

import dev.skein.agent.cli.common.Output;
import dev.skein.engine.journal.JournalState;
import dev.skein.standalone.demo.DemoTenants.Tenant;
import java.util.Map;

/** Whoever is on call takes a rollout back. */
final class RollbackScene {
    private final DemoTenants tenants;
    private final DemoClaims claims;
    private final DemoUsers cast;
    private final Output out;

    RollbackScene(DemoTenants tenants, DemoClaims claims, DemoUsers cast, Output out) {
        this.out = out;
        this.tenants = tenants;
        this.claims = claims;
        this.cast = cast;
    }

    /**
     * @param rollout that is halted
     * @param before the journals of before it
     * @param upgradeMillis how long it had taken, from the approval to its halt
     */
    void tell(String rollout, Map<Tenant, JournalState> before, long upgradeMillis) {
        claims.chapter("4. On call, somebody takes it back");
        cast.as(DemoUsers.OPERATOR, "rollout", "rollback", rollout);
        var plan = cast.ask(DemoUsers.OPERATOR, "rollout", "rollback", rollout);
        int planned = plan.at("/plan/waves/0/databases").asInt();
        long moved = tenants.all().stream().filter(t -> isMoved(t, before)).count();
        claims.that(
                "the plan names the %d databases that have it, and sets the others aside"
                        .formatted(moved),
                planned == moved
                        && plan.at("/plan/setAsideInAll").asInt()
                                == tenants.all().size() - planned);
        claims.that(
                "it says what is known of the way back, which an agent has rehearsed with a shop's"
                        + " rows",
                plan.at("/plan/notes/0").asText().endsWith("its way back is data-proven"));
        claims.that(
                "and that nothing written since is lost, since that drops no table and no column",
                plan.at("/forecast/dropped").isEmpty() && plan.at("/forecast/unknown").isEmpty());
        takenBack(rollout, before, upgradeMillis);
    }

    private void takenBack(String rollout, Map<Tenant, JournalState> before, long upgradeMillis) {
        var reason = "duplicates in the shops' data";
        cast.as(DemoUsers.OPERATOR, "rollout", "rollback", rollout, "--reason", reason);
        var id = rollout + "-rollback";
        claims.that(
                "so many databases need a second person, who is not the first",
                status(id).equals("proposed")
                        && cast.as(DemoUsers.OPERATOR, "rollout", "approve", id) != 0);
        long began = System.nanoTime();
        claims.that(
                "with the second person's word it completes",
                cast.as(DemoUsers.APPROVER, "rollout", "approve", id) == 0
                        && cast.as(DemoUsers.AUTHOR, "rollout", "watch", id, "--timeout", "120")
                                == 0);
        out.say(
                "    From that word on it took %.1f s; the rollout, with its backups, had taken %.1f s."
                        .formatted(Demo.millis(began) / 1000.0, upgradeMillis / 1000.0));
        claims.that("the rollout itself is over", status(rollout).equals("aborted"));
        claims.that(
                "every database has the fingerprint of before, read from its catalog",
                before.entrySet().stream()
                        .allMatch(e ->
                                tenants.fingerprint(e.getKey())
                                        .equals(e.getValue().fingerprint())));
        claims.that(
                "and the heads of before, by its own journal",
                before.entrySet().stream()
                        .allMatch(e -> tenants.heads(e.getKey()).equals(e.getValue().heads())));
    }

    private boolean isMoved(Tenant tenant, Map<Tenant, JournalState> before) {
        var was = before.get(tenant);
        return was != null && !tenants.heads(tenant).equals(was.heads());
    }

    private String status(String id) {
        return cast.ask(DemoUsers.AUTHOR, "rollout", "show", id).path("status").asText();
    }
}
