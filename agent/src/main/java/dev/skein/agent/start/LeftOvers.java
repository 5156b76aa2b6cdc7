// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.start;

import dev.skein.agent.discover.Inventory;
import dev.skein.agent.discover.Look;
import dev.skein.agent.discover.SilentServers;
import dev.skein.agent.relay.JournalRelay;
import dev.skein.engine.SkeinException;
import java.util.Collection;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Sends what was left behind in journals: by an agent that ended, or by a run by hand. */
final class LeftOvers {
    private static final Logger LOG = Logger.getLogger(LeftOvers.class);

    private final Inventory inventory;
    private final JournalRelay relay;
    private final SilentServers silent = new SilentServers();

    LeftOvers(Inventory inventory, JournalRelay relay) {
        this.inventory = inventory;
        this.relay = relay;
    }

    /** Goes through all databases once, and hands on each as it is then. */
    void send(Collection<Look> looks, Consumer<Look> told) {
        for (var look : silent.roundOfAll(looks, Look::place)) {
            var waits = look.isBehind() && !silent.isAway(look.place().server());
            told.accept(waits ? sent(look) : look);
        }
    }

    private Look sent(Look look) {
        var place = look.place();
        try {
            relay.relay(place, false);
            silent.answered(place);
            return inventory.look(place);
        } catch (SkeinException e) {
            silent.failed(place, e);
            LOG.warnf("relay database=%s: %s", place.name(), e.getMessage());
            return look;
        }
    }
}
