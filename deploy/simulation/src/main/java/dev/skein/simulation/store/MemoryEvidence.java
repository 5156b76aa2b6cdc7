// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.store;

import dev.skein.api.rollout.WayBack;
import dev.skein.api.store.Continuity;
import dev.skein.api.store.EventStore;
import dev.skein.api.store.EvidenceStore;
import dev.skein.service.database.Db.Tx;
import java.util.Collection;
import java.util.Map;

/** What is known of revisions: nothing, as none of them was rehearsed. */
public final class MemoryEvidence extends EvidenceStore {
    public MemoryEvidence() {
        super(new EventStore(new Continuity()));
    }

    @Override
    public Map<String, WayBack> known(Tx tx, Collection<String> checksums) {
        return Map.of();
    }
}
