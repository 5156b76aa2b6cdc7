// SPDX-License-Identifier: Apache-2.0
package dev.skein.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.agent.cli.common.Output;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.postgres.PgClient;
import dev.skein.standalone.demo.DemoTenants.Tenant;
import dev.skein.standalone.stack.LocalStack;
import dev.skein.standalone.stack.StackHome;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Discover a fleet, migrate it in waves, stop a bad migration, take it back, prove the record:
 * every claim is checked.
 */
public final class Demo {
    private static final Duration STEP_TIMEOUT = Duration.ofSeconds(60);
    private static final int PARALLEL = 4;
    private static final int BUDGET = 1;

    private final StackHome home;
    private final Output out;
    private final DemoClaims claims;
    private long upgradeMillis;

    public Demo(StackHome home, Output out) {
        this.home = home;
        this.out = out;
        this.claims = new DemoClaims(out);
    }

    /** Tells the story; gives the exit code. */
    public int tell(LocalStack stack) throws InterruptedException {
        try (var client = PgClient.create()) {
            var tenants = new DemoTenants(stack, client);
            var cast = new DemoUsers(out, stack);
            var stage = DemoFiles.set(home);
            cast.enter();
            discovered(tenants, cast);
            var restore = new RestoreScene(tenants, claims, cast, out);
            restore.remember();
            migrated(tenants, cast, stage);
            var before = journals(tenants);
            stopped(tenants, cast, stage);
            new RollbackScene(tenants, claims, cast, out)
                    .tell(stage.id("unique-email"), before, upgradeMillis);
            restore.tell(stage.id("billing"));
            new DriftScene(tenants, claims, cast, out).tell();
            new EvidenceScene(stack, client, claims, cast, stage.folder())
                    .tell(stage.id("billing"));
            out.say("");
            out.say(
                    "The demo's people: ann (author), bob (approver), olga (on call), paul"
                            + " (auditor); passwords in "
                            + stack.secrets().file("ann").getParent());
            return claims.verdict();
        }
    }

    static long millis(long began) {
        return Duration.ofNanos(System.nanoTime() - began).toMillis();
    }

    private void discovered(DemoTenants tenants, DemoUsers cast) throws InterruptedException {
        claims.chapter("1. A fleet is discovered");
        out.say("Making 24 shops on two servers, as if they had always been there.");
        tenants.create();
        var expected = new HashSet<String>();
        tenants.all().forEach(tenant -> expected.add(tenant.toString()));
        await(() -> names(cast).equals(expected));
        cast.as(DemoUsers.AUTHOR, "status");
        claims.that(
                "24 databases were discovered by their names' pattern; nobody registered them",
                names(cast).equals(expected));
        claims.that(
                "each has some thousand rows",
                tenants.all().stream().allMatch(tenant -> tenants.rows(tenant) > 2000));
        claims.that(
                "discovery wrote nothing to them",
                tenants.all().stream().allMatch(tenant -> tenants.journal(tenant).isEmpty()));
    }

    /** The fleet as the control plane knows it, without those that are gone. */
    private static Set<String> names(DemoUsers cast) {
        var names = new HashSet<String>();
        for (var d : cast.ask(DemoUsers.AUTHOR, "targets")) {
            if (d.path("problem").isNull() && d.path("heads").isEmpty()) {
                names.add(d.path("site").asText() + "/" + d.path("name").asText());
            }
        }
        return names;
    }

    private void migrated(DemoTenants tenants, DemoUsers cast, DemoFiles stage) {
        claims.chapter("2. Nine revisions go through it in three waves");
        var bundle = push(cast, stage.billing());
        var rollout = stage.rollout("billing", bundle, "2", PARALLEL, RestoreScene.saving(tenants));
        claims.that(
                "a rollout is proposed and its plan shown",
                cast.as(DemoUsers.AUTHOR, "rollout", "create", rollout.toString()) == 0);
        var id = stage.id("billing");
        cast.as(DemoUsers.AUTHOR, "rollout", "plan", id, "--wait", "60");
        claims.that(
                "an agent has rehearsed every way back with the rows of a shop",
                grades(cast, id).size() == 9
                        && Set.of("data-proven", "shape-proven", "irreversible")
                                .containsAll(grades(cast, id)));
        claims.that(
                "its author may not approve it",
                cast.as(DemoUsers.AUTHOR, "rollout", "approve", id) != 0);
        claims.that(
                "somebody else approves it",
                cast.as(DemoUsers.APPROVER, "rollout", "approve", id) == 0);
        claims.that(
                "it completes",
                cast.as(DemoUsers.AUTHOR, "rollout", "watch", id, "--timeout", "120") == 0);
        claims.that(
                "every database is at the head, by its own journal",
                tenants.all().stream().allMatch(t -> heads(tenants, t).equals(List.of("b108"))));
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

    private static List<String> grades(DemoUsers cast, String id) {
        return cast.ask(DemoUsers.AUTHOR, "rollout", "plan", id)
                .path("ways")
                .findValuesAsText("grade");
    }

    private static void addManaged(JsonNode database, Set<String> prints) {
        if (database.path("problem").isNull()) {
            prints.add(database.path("fingerprint").asText());
        }
    }

    private void stopped(DemoTenants tenants, DemoUsers cast, DemoFiles stage) {
        claims.chapter("3. A revision that works on the canary fails on some tenants");
        var before = journals(tenants);
        var bundle = push(cast, stage.uniqueEmail());
        var rollout =
                stage.rollout(
                        "unique-email",
                        bundle,
                        String.valueOf(BUDGET),
                        PARALLEL,
                        RestoreScene.saving(tenants));
        cast.as(DemoUsers.AUTHOR, "rollout", "create", rollout.toString());
        var id = stage.id("unique-email");
        cast.as(DemoUsers.AUTHOR, "rollout", "plan", id, "--wait", "60");
        long began = System.nanoTime();
        cast.as(DemoUsers.APPROVER, "rollout", "approve", id);
        int code = cast.as(DemoUsers.AUTHOR, "rollout", "watch", id, "--timeout", "120");
        await(() -> running(cast, id) == 0);
        upgradeMillis = millis(began);
        cast.as(DemoUsers.AUTHOR, "rollout", "show", id);
        var shown = cast.ask(DemoUsers.AUTHOR, "rollout", "show", id);
        claims.that(
                "it halts by itself", code == 1 && shown.path("status").asText().equals("halted"));
        claims.that("the canary and the early wave passed", passed(shown, 0) && passed(shown, 1));
        int failed = shown.path("waves").path(2).path("failed").asInt();
        claims.that(
                "it stopped within its budget of %d and the %d databases in flight: %d failed"
                        .formatted(BUDGET, PARALLEL, failed),
                failed > BUDGET && failed <= BUDGET + PARALLEL);
        var failures = shown.path("failures");
        claims.that(
                "the failures are one group: " + failures.path(0).path("signature").asText(),
                failures.size() == 1 && failures.path(0).path("databases").asInt() == failed);
        touchedAndUntouched(tenants, before, shown);
    }

    private void touchedAndUntouched(
            DemoTenants tenants, Map<Tenant, JournalState> before, JsonNode shown) {
        int moved = 0;
        int rolledBack = 0;
        int untouched = 0;
        for (var tenant : tenants.all()) {
            var was = before.get(tenant);
            var is = tenants.journal(tenant).orElseThrow();
            if (is.heads().equals(List.of("u200"))) {
                moved++;
            } else if (was != null && (is.seq() == was.seq() || isOnlySaved(tenants, tenant))) {
                untouched++;
            } else {
                rolledBack++;
            }
        }
        int done = 0;
        int failed = 0;
        for (var wave : shown.path("waves")) {
            done += wave.path("succeeded").asInt();
            failed += wave.path("failed").asInt();
        }
        claims.that("%d databases have the index".formatted(done), moved == done);
        claims.that(
                "%d failed and were rolled back to where they were".formatted(failed),
                rolledBack == failed);
        claims.that(
                "%d were not touched: their journals have no new entry, but of a backup taken"
                        .formatted(untouched),
                untouched == tenants.all().size() - done - failed && untouched > 0);
    }

    private static boolean isOnlySaved(DemoTenants tenants, Tenant tenant) {
        return tenants.lastEntry(tenant).equals("backed_up");
    }

    private static boolean passed(JsonNode rollout, int wave) {
        var w = rollout.path("waves").path(wave);
        return w.path("succeeded").asInt() == w.path("planned").asInt();
    }

    private static int running(DemoUsers cast, String id) {
        int open = 0;
        for (var wave : cast.ask(DemoUsers.AUTHOR, "rollout", "show", id).path("waves")) {
            open += wave.path("open").asInt();
        }
        return open;
    }

    private static Map<Tenant, JournalState> journals(DemoTenants tenants) {
        var journals = new HashMap<Tenant, JournalState>();
        tenants.all()
                .forEach(tenant -> tenants.journal(tenant).ifPresent(j -> journals.put(tenant, j)));
        return journals;
    }

    private static List<String> heads(DemoTenants tenants, Tenant tenant) {
        return tenants.journal(tenant).map(JournalState::heads).orElse(List.of());
    }

    private String push(DemoUsers cast, java.nio.file.Path folder) {
        out.say(out.dim(DemoUsers.AUTHOR + " $ skein ") + "push " + folder);
        var pushed = cast.ask(DemoUsers.AUTHOR, "push", folder.toString());
        out.result(pushed.path("digest").asText());
        claims.that(
                pushed.path("revisions").asInt() + " revisions are pushed as one bundle",
                pushed.path("digest").asText().startsWith("sha256:"));
        return pushed.path("digest").asText();
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + STEP_TIMEOUT.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            try {
                Thread.sleep(200);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
