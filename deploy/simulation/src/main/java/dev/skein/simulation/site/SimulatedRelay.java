// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.site;

import dev.skein.engine.event.Topics;
import dev.skein.engine.journal.Envelope;

/** Sends the entries of journals to their topic. */
final class SimulatedRelay {
    private final SimulatedWorld world;

    SimulatedRelay(SimulatedWorld world) {
        this.world = world;
    }

    /**
     * Sends what of a journal is not in its topic, as far as that takes it.
     *
     * @param again whether the last entry is sent also where it is in the topic
     */
    void sendNew(SimulatedTenant tenant, boolean again) {
        var journal = tenant.journal();
        int at = again ? Math.min(tenant.published(), journal.size() - 1) : tenant.published();
        for (int i = Math.max(0, at); i < journal.size(); i++) {
            var entry = journal.get(i).says();
            if (!send(tenant, entry)) {
                return;
            }
            if (world.chance().is(world.knobs().repeats())) {
                send(tenant, entry);
            } else {
                tenant.setPublished(Math.max(tenant.published(), i + 1));
            }
        }
    }

    /** Sends some of what is in the topic, as it is asked by somebody who misses it. */
    void resendSome(SimulatedTenant tenant) {
        var journal = tenant.journal();
        for (int i = world.chance().between(0, tenant.published()); i < tenant.published(); i++) {
            send(tenant, journal.get(i).says());
        }
    }

    private boolean send(SimulatedTenant tenant, Envelope entry) {
        return world.sends(Topics.JOURNAL, tenant.uid(), entry);
    }
}
