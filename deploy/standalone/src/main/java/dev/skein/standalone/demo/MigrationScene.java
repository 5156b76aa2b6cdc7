// SPDX-License-Identifier: Apache-2.0
package dev.skein.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Revisions go through the fleet in waves, after somebody else's word. */
final class MigrationScene {
    private final DemoTenants tenants;
    private final DemoClaims claims;
    private final DemoUsers cast;
    private final DemoFiles stage;
    private final DemoPush push;

    MigrationScene(
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

    void tell() {
        claims.chapter("2. Nine revisions go through it in three waves");
        var id = stage.id("billing");
        propose(id);
        approve(id);
        compareHeads();
    }

    private void propose(String id) {
        var bundle = push.push(stage.billing());
        var rollout =
                stage.rollout("billing", bundle, "2", Demo.PARALLEL, RestoreScene.saving(tenants));
        claims.that(
                "a rollout is proposed and its plan shown",
                cast.as(DemoUsers.AUTHOR, "rollout", "create", rollout.toString()) == 0);
        cast.as(DemoUsers.AUTHOR, "rollout", "plan", id, "--wait", "60");
        claims.that(
                "an agent has rehearsed every way back with the rows of a shop",
                grades(id).size() == 9
                        && Set.of("data-proven", "shape-proven", "irreversible")
                                .containsAll(grades(id)));
    }

    private void approve(String id) {
        claims.that(
                "its author may not approve it",
                cast.as(DemoUsers.AUTHOR, "rollout", "approve", id) != 0);
        claims.that(
                "somebody else approves it",
                cast.as(DemoUsers.APPROVER, "rollout", "approve", id) == 0);
        claims.that(
                "it completes",
                cast.as(DemoUsers.AUTHOR, "rollout", "watch", id, "--timeout", "120") == 0);
    }

    private void compareHeads() {
        claims.that(
                "every database is at the head, by its own journal",
                tenants.all().stream().allMatch(t -> tenants.heads(t).equals(List.of("b108"))));
        var prints = new HashSet<String>();
        tenants.all().forEach(tenant -> prints.add(tenants.fingerprint(tenant)));
        claims.that(
                "every database has the same fingerprint, read from its catalog",
                prints.size() == 1);
        var known = new HashSet<String>();
        cast.ask(DemoUsers.AUTHOR, "targets", "--select", "name = tenant_*")
                .forEach(d -> addManaged(d, known));
        claims.that(
                "the control plane knows the same fingerprint, from events alone",
                known.equals(prints));
    }

    private List<String> grades(String id) {
        return cast.ask(DemoUsers.AUTHOR, "rollout", "plan", id)
                .path("ways")
                .findValuesAsText("grade");
    }

    private static void addManaged(JsonNode database, Set<String> prints) {
        if (database.path("problem").isNull()) {
            prints.add(database.path("fingerprint").asText());
        }
    }
}
