// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation;

import dev.skein.simulation.site.SimulatedTenant;
import dev.skein.simulation.store.MemoryRows;
import java.util.List;
import java.util.function.Predicate;

/**
 * What must come to an end by itself before all is quiet.
 *
 * @param out databases of which an answer is awaited
 * @param active rollouts that go on
 * @param locked databases that somebody has the lock of
 */
record UnsettledState(
        List<MemoryRows.Target> out, List<String> active, List<SimulatedTenant> locked) {
    UnsettledState {
        out = List.copyOf(out);
        active = List.copyOf(active);
        locked = List.copyOf(locked);
    }

    boolean isNothing() {
        return out.isEmpty() && active.isEmpty() && locked.isEmpty();
    }

    /** Whether all of it waits for agents of certain sites, and nothing for anybody else. */
    boolean isFor(Predicate<String> site) {
        var waiting = out.stream().map(MemoryRows.Target::rollout).toList();
        return out.stream().allMatch(target -> site.test(target.member().site()))
                && waiting.containsAll(active)
                && locked.stream().allMatch(tenant -> site.test(tenant.site()));
    }

    String inWords() {
        return out + " locked: " + locked.stream().map(SimulatedTenant::name).toList();
    }
}
