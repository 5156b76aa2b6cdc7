// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.api.rollout.RolloutPlan;
import dev.skein.simulation.site.SimulatedTenant;
import dev.skein.simulation.site.SimulationRules;
import dev.skein.simulation.store.MemoryRows;
import dev.skein.simulation.time.Timeline;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class UnsettledStateTest {
    @Test
    void isForWhomItWaits() {
        assertThat(isForUs(List.of(out("r1", "us")), List.of("r1"), List.of())).isTrue();
        assertThat(isForUs(List.of(out("r1", "us")), List.of(), List.of("us"))).isTrue();
    }

    @Test
    void isForNobodyElseWhereAnythingWaitsElsewhere() {
        var us = out("r1", "us");
        assertThat(isForUs(List.of(us, out("r1", "eu")), List.of("r1"), List.of())).isFalse();
        assertThat(isForUs(List.of(us), List.of("r1", "r2"), List.of())).isFalse();
        assertThat(isForUs(List.of(us), List.of("r1"), List.of("eu"))).isFalse();
        assertThat(isForUs(List.of(), List.of("r1"), List.of())).isFalse();
    }

    private static boolean isForUs(
            List<MemoryRows.Target> out, List<String> active, List<String> locked) {
        var tenants =
                locked.stream()
                        .map(site ->
                                new SimulatedTenant(
                                        new Timeline(), new SimulationRules(), "1", site, "a"))
                        .toList();
        return new UnsettledState(out, active, tenants).isFor("us"::equals);
    }

    private static MemoryRows.Target out(String rollout, String site) {
        var member = new RolloutPlan.Member("1", site, "a", List.of("a"), null, null);
        return new MemoryRows.Target(rollout, 0, 0, member, "open", 1L, null, false, 0);
    }
}
