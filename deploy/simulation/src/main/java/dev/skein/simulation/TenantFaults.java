// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation;

import dev.skein.simulation.site.SimulatedTenant;
import dev.skein.simulation.site.SimulatedWorld;
import java.util.List;

/** What goes wrong with single databases. */
final class TenantFaults {
    private final SimulatedWorld world;
    private final List<SimulatedTenant> tenants;

    TenantFaults(SimulatedWorld world, List<SimulatedTenant> tenants) {
        this.world = world;
        this.tenants = List.copyOf(tenants);
    }

    /** Some are not as the revisions expect them, for a while. */
    void failSome() {
        for (var tenant : tenants) {
            if (world.knobs().faultEvery() > 0 && world.chance().is(0.25)) {
                failFor(tenant, world.chance().between(10_000, 120_000));
            }
        }
    }

    private void failFor(SimulatedTenant tenant, int millis) {
        var revision = world.chance().of(List.of("a", "b", "c"));
        world.trace().say(() -> tenant.name() + " fails at " + revision + " for " + millis);
        tenant.setFailing(revision);
        world.timeline().in(millis, () -> tenant.setFailing(null));
    }

    /** Ends one for ever. */
    void drop() {
        var tenant = world.chance().of(tenants);
        world.trace().say(() -> tenant.name() + " is dropped");
        tenant.drop();
    }

    /** Lets one be out of reach for a while. */
    void takeDown() {
        var tenant = world.chance().of(tenants);
        int millis = world.chance().between(0, 60_000);
        world.trace().say(() -> tenant.name() + " is down for " + millis);
        tenant.goDown(millis);
    }

    /** Lets one be missing, or fail at a revision, for a while. */
    void spoil() {
        var tenant = world.chance().of(tenants);
        if (world.chance().is(0.3)) {
            world.trace().say(() -> tenant.name() + " is gone");
            tenant.setGone(true);
            world.timeline().in(world.chance().between(1_000, 90_000), () -> tenant.setGone(false));
        } else {
            failFor(tenant, world.chance().between(1_000, 60_000));
        }
    }

    /** Nothing is wrong with any of them any more, but for those that are dropped. */
    void end() {
        tenants.forEach(tenant -> tenant.setFailing(null));
        tenants.forEach(tenant -> tenant.setGone(false));
        tenants.forEach(tenant -> tenant.goDown(0));
    }
}
