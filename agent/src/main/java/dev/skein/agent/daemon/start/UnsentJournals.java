// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.start;

import dev.skein.agent.daemon.discover.DatabaseInventory;
import dev.skein.agent.daemon.discover.DatabaseLook;
import dev.skein.agent.daemon.discover.SilentServers;
import dev.skein.agent.daemon.relay.JournalRelay;
import dev.skein.engine.SkeinException;
import java.util.Collection;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Sends what was left behind in journals: by an agent that ended, or by a run by hand. */
final class UnsentJournals {
    private static final Logger LOG = Logger.getLogger(UnsentJournals.class);

    private final DatabaseInventory inventory;
    private final JournalRelay relay;
    private final SilentServers silent = new SilentServers();

    UnsentJournals(DatabaseInventory inventory, JournalRelay relay) {
        this.inventory = inventory;
        this.relay = relay;
    }

    /** Goes through databases once, and hands on each as it is then. */
    void send(Collection<DatabaseLook> looks, Consumer<DatabaseLook> told) {
        for (var look : silent.roundOfAll(looks, DatabaseLook::place)) {
            var waits = look.isBehind() && !silent.isAway(look.place().server());
            told.accept(waits ? sent(look) : look);
        }
    }

    private DatabaseLook sent(DatabaseLook look) {
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
