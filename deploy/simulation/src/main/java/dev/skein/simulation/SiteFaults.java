// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation;

import dev.skein.engine.event.Topics;
import dev.skein.simulation.control.SimulatedReplica;
import dev.skein.simulation.site.SimulatedAgent;
import dev.skein.simulation.site.SimulatedWorld;
import java.util.List;

/**
 * A site is taken from the settings, which each replica reads when it begins. Its agents end at
 * once, one after another, or not at all; its topic may be deleted; and it may come back.
 */
final class SiteFaults {
    private static final List<Integer> AWAY = List.of(0, 1_000, 15_000);
    private static final int SOON = 20_000;
    private static final int LATER = 60_000;

    private final HistoryParts stage;
    private final SimulatedWorld world;

    SiteFaults(HistoryParts stage) {
        this.stage = stage;
        this.world = stage.world;
    }

    /** Takes one away. */
    void remove() {
        var site = world.chance().of(HistoryParts.SITES);
        say(site, "is removed");
        world.sites().remove(site);
        rollOut();
        leave(site);
        long left = world.knobs().troubled() - world.timeline().now();
        if (left > LATER && world.chance().is(0.5)) {
            int back = world.chance().between(SOON, (int) left);
            world.timeline().in(back, () -> bringBack(site));
        }
    }

    private void say(String site, String what) {
        world.trace().say(() -> "site " + site + " " + what);
        world.happened("site " + what);
    }

    /** Has every replica begin with the new settings, each in its time. */
    private void rollOut() {
        for (var replica : stage.replicas) {
            world.timeline().in(world.chance().between(500, SOON), () -> restart(replica));
        }
    }

    private void restart(SimulatedReplica replica) {
        if (replica.process().isAlive()) {
            world.trace().say(() -> replica.process().name() + " begins with other settings");
            replica.process().die();
            world.timeline().in(world.chance().of(AWAY), () -> stage.start(replica));
        }
    }

    private void leave(String site) {
        switch (world.chance().between(0, 3)) {
            case 0 -> say(site, "keeps its agents");
            case 1 -> desert(site, LATER);
            default -> desert(site, 0);
        }
    }

    /** Its agents end, within so many milliseconds; then nobody needs its topic. */
    private void desert(String site, int within) {
        world.sites().desert(site);
        for (var agent : agents(site)) {
            world.timeline()
                    .in(
                            within == 0 ? 0 : world.chance().between(0, within),
                            () -> {
                                if (world.sites().isDeserted(site)) {
                                    end(agent);
                                }
                            });
        }
        if (world.chance().is(0.5)) {
            world.timeline().in(within + world.chance().between(1, SOON), () -> forget(site));
        }
    }

    private List<SimulatedAgent> agents(String site) {
        return stage.agents.stream().filter(agent -> agent.site().equals(site)).toList();
    }

    private void end(SimulatedAgent agent) {
        if (agent.process().isAlive()) {
            agent.process().die();
            agent.died();
        }
    }

    private void forget(String site) {
        if (world.sites().isDeserted(site)) {
            say(site, "has no topic");
            world.broker().delete(Topics.directives(site));
        }
    }

    private void bringBack(String site) {
        say(site, "is back");
        world.sites().add(site);
        rollOut();
        for (var agent : agents(site)) {
            world.timeline().in(world.chance().between(0, SOON), () -> stage.start(agent));
        }
    }
}
