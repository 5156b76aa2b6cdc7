// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.control;

import dev.skein.simulation.site.ServiceProcess;
import dev.skein.simulation.site.SimulatedWorld;
import dev.skein.simulation.store.MemoryDb;

/** What goes wrong between a process and its database. */
public final class StoreTrouble implements MemoryDb.Faults {
    private final SimulatedWorld world;
    private final ServiceProcess process;

    /** The database does not answer; what was asked of it may have been done. */
    public static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused() {
            super("the database does not answer", null, false, false);
        }
    }

    StoreTrouble(SimulatedWorld world, ServiceProcess process) {
        this.world = world;
        this.process = process;
    }

    @Override
    public void before() {
        if (world.isDatabaseDown() || world.chance().is(world.knobs().refuses())) {
            throw new Refused();
        }
    }

    @Override
    public boolean loses() {
        return world.chance().is(world.knobs().conflicts());
    }

    @Override
    public boolean undoesWhatLost() {
        return world.rules().undoesWhatLost();
    }

    @Override
    public void after() {
        if (world.chance().is(world.knobs().unheard())) {
            world.trace().say(() -> process.name() + " did not hear that it is committed");
            throw new Refused();
        }
    }
}
