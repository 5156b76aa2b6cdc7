// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.site;

import dev.skein.engine.journal.EntryKind;
import dev.skein.simulation.time.Timeline;
import java.util.List;

/** Databases with journals, for tests. */
public final class Journals {
    private Journals() {}

    /**
     * A database with some entries.
     *
     * @param published how many of them its topic has
     */
    public static SimulatedTenant tenant(String uid, int entries, int published) {
        var tenant =
                new SimulatedTenant(new Timeline(), new SimulationRules(), uid, "eu", "eu_" + uid);
        var session = new SimulatedSession(1L);
        tenant.locks(session);
        tenant.fence(session);
        for (int n = 0; n < entries; n++) {
            tenant.append(session, EntryKind.OBSERVED, null, List.of(), "r1", "p1");
        }
        tenant.setPublished(published);
        return tenant;
    }
}
