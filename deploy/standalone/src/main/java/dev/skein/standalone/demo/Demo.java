// SPDX-License-Identifier: Apache-2.0
package dev.skein.standalone.demo;

import dev.skein.agent.cli.common.Output;
import dev.skein.engine.postgres.PgClient;
import dev.skein.standalone.stack.LocalStack;
import dev.skein.standalone.stack.StackHome;
import java.time.Duration;

/**
 * Discover a fleet, migrate it in waves, stop a bad migration, take it back, prove the record:
 * every claim is checked.
 */
public final class Demo {
    /** How many databases of a wave move at a time. */
    static final int PARALLEL = 4;

    private final StackHome home;
    private final Output out;
    private final DemoClaims claims;

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
            var seed = new DemoSeed(stack, client, tenants);
            new DiscoveryScene(tenants, claims, cast, seed, out).tell();
            var restore = new RestoreScene(tenants, claims, cast, out);
            restore.remember();
            var push = new DemoPush(claims, cast, out);
            new MigrationScene(tenants, claims, cast, stage, push).tell();
            var before = tenants.journals();
            long upgradeMillis = new HaltScene(tenants, claims, cast, stage, push).tell();
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
}
