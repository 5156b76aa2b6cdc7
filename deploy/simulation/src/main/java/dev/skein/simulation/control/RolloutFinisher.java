// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.control;

import dev.skein.api.rollout.Rollout;
import dev.skein.api.rollout.RolloutAction;
import dev.skein.simulation.site.SimulatedWorld;
import dev.skein.simulation.store.MemoryRows;
import dev.skein.simulation.store.MemoryTables;

/** Somebody who brings to its end whatever was begun. */
public final class RolloutFinisher {
    private final SimulatedWorld world;
    private final MemoryTables tables;
    private final CommandDesk desk;

    public RolloutFinisher(SimulatedWorld world, MemoryTables tables, CommandDesk desk) {
        this.world = world;
        this.tables = tables;
        this.desk = desk;
    }

    /** Does what leads to the end of a rollout: another round of it. */
    public void finish(String id, boolean givesUp) {
        switch (desk.state(id)) {
            case Rollout.Proposed p ->
                    desk.act(id, by -> new RolloutAction.Approve(by, p.terms().planHash()));
            case Rollout.Stopped s -> {
                skipStuck(id, givesUp);
                desk.act(id, by -> new RolloutAction.Resume(by, "go on", givesUp ? false : null));
            }
            default -> {}
        }
    }

    /** Gives a proposal up that cannot be approved any more. */
    public void withdraw(String id) {
        if (desk.state(id) instanceof Rollout.Proposed) {
            desk.act(id, by -> new RolloutAction.Abort(by, "it is overtaken"));
        }
    }

    /** Whoever gives up lets go of all that is left; of a site that is no more, everybody does. */
    private void skipStuck(String id, boolean givesUp) {
        var left =
                tables.targets().stream()
                        .filter(t -> t.rollout().equals(id))
                        .filter(t -> (givesUp && isStuck(t)) || isBereft(t))
                        .map(MemoryRows.Target::uid)
                        .toList();
        if (!left.isEmpty()) {
            desk.skip(id, left);
        }
    }

    private static boolean isStuck(MemoryRows.Target target) {
        return target.isOut() || target.state().equals("failed");
    }

    private boolean isBereft(MemoryRows.Target target) {
        return world.sites().isRemoved(target.member().site())
                && (isStuck(target) || target.state().equals("pending"));
    }
}
