// SPDX-License-Identifier: Apache-2.0
package dev.skein.standalone.demo;

import dev.skein.agent.cli.common.Output;
import dev.skein.engine.backup.DumpPrograms;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.sample.RowDigest;
import dev.skein.standalone.demo.DemoTenants.Tenant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One shop is put back to the moment before a rollout, from its backup. */
final class RestoreScene {
    private final DemoTenants tenants;
    private final DemoClaims claims;
    private final DemoUsers cast;
    private final Output out;
    private final Tenant unlucky;
    private String print = "";
    private @Nullable RowDigest rows;

    RestoreScene(DemoTenants tenants, DemoClaims claims, DemoUsers cast, Output out) {
        this.tenants = tenants;
        this.claims = claims;
        this.cast = cast;
        this.out = out;
        this.unlucky = tenants.all().get(4);
    }

    /** What a rollout of the demo saves before it begins. */
    static String saving(DemoTenants tenants) {
        return isPossible(tenants) ? "auto" : "none \"this machine has no pg_dump\"";
    }

    private static boolean isPossible(DemoTenants tenants) {
        return DumpPrograms.fitting(tenants.major()).isPresent();
    }

    /** Remembers what the shop's rows are before anything is migrated. */
    void remember() {
        rows = tenants.digest(unlucky);
        print = tenants.fingerprint(unlucky);
    }

    /**
     * @param rollout that the shop went through
     */
    void tell(String rollout) {
        claims.chapter("5. One shop gets back what it had before the rollout");
        if (!isPossible(tenants)) {
            out.say("Left out: this machine has no pg_dump for PostgreSQL " + tenants.major());
            return;
        }
        var uid = uid();
        cast.as(DemoUsers.OPERATOR, "backup", "list", "--rollout", rollout, "--database", uid);
        claims.that(
                "there is a full backup of every database from before its first step",
                tried(rollout, "full") == tenants.all().size());
        claims.that(
                "one of each wave was restored on a scratch server and compared",
                tried(rollout, "good") == 3);
        out.say("A bug of the shop's own program destroys its orders: " + unlucky);
        tenants.run(unlucky, "DELETE FROM order_lines; DELETE FROM orders WHERE id % 2 = 0");
        restored(rollout, uid);
    }

    private void restored(String rollout, String uid) {
        var others = others();
        var way = List.of("rollout", "rollback", rollout, "-d", uid, "--way", "restore");
        cast.as(DemoUsers.OPERATOR, way.toArray(String[]::new));
        var plan = cast.ask(DemoUsers.OPERATOR, way.toArray(String[]::new));
        claims.that(
                "the plan says which tables lose what was written since",
                plan.at("/forecast/losses").findValuesAsText("subject").contains("public.orders"));
        var done = new ArrayList<>(way);
        done.addAll(List.of("--reason", "its orders were destroyed"));
        cast.as(DemoUsers.OPERATOR, done.toArray(String[]::new));
        var id = rollout + "-rollback";
        claims.that(
                "it completes, with one database and nobody else's word",
                cast.as(DemoUsers.AUTHOR, "rollout", "watch", id, "--timeout", "60") == 0);
        var was = Objects.requireNonNull(rows, "remembered");
        var now = tenants.digest(unlucky);
        claims.that(
                "its rows are those of the moment, counted and summed up table by table",
                was.changed(now).isEmpty() && now.changed(was).isEmpty());
        claims.that("and so is its catalog", tenants.fingerprint(unlucky).equals(print));
        claims.that(
                "its journal goes on behind the backup as a new incarnation",
                tenants.journal(unlucky).map(JournalState::heads).orElse(List.of("?")).isEmpty());
        claims.that("no other shop was touched", others.equals(others()));
    }

    private String uid() {
        for (var d :
                cast.ask(DemoUsers.OPERATOR, "targets", "--select", "name = " + unlucky.name())) {
            if (d.path("problem").isNull() && d.path("site").asText().equals(unlucky.site())) {
                return d.path("uid").asText();
            }
        }
        throw new IllegalStateException("nobody knows " + unlucky);
    }

    /** How many backups of a rollout are of an extent, or ended a trial so. */
    private long tried(String rollout, String how) {
        int n = 0;
        for (var backup : cast.ask(DemoUsers.OPERATOR, "backup", "list", "--rollout", rollout)) {
            n += backup.path("extent").asText().equals(how) ? 1 : 0;
            n += backup.path("trial").asText().equals(how) ? 1 : 0;
        }
        return n;
    }

    private Map<Tenant, Long> others() {
        var seqs = new HashMap<Tenant, Long>();
        tenants.all().stream()
                .filter(tenant -> !tenant.equals(unlucky))
                .forEach(tenant ->
                        tenants.journal(tenant).ifPresent(j -> seqs.put(tenant, j.seq())));
        return seqs;
    }
}
