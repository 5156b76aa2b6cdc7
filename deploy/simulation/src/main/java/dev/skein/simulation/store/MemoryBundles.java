// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.store;

import dev.skein.api.store.BundleStore;
import dev.skein.api.store.Continuity;
import dev.skein.api.store.EventStore;
import dev.skein.engine.bundle.Bundle;
import dev.skein.service.database.Db.Tx;
import java.util.Map;
import java.util.Objects;

/** The bundles that were pushed before the history began. */
public final class MemoryBundles extends BundleStore {
    private final Map<String, Bundle> bundles;

    /**
     * @param bundles by their digests
     */
    public MemoryBundles(Map<String, Bundle> bundles) {
        super(new EventStore(new Continuity()));
        this.bundles = Map.copyOf(bundles);
    }

    @Override
    public Bundle find(Tx tx, String digest) {
        return Objects.requireNonNull(bundles.get(digest), digest);
    }
}
