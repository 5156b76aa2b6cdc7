// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.store;

import dev.skein.api.rollout.RollbackPlanner;
import dev.skein.api.store.BackupStore;
import dev.skein.service.database.Db.Tx;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Backups: there are none. */
public final class MemoryBackups extends BackupStore {
    @Override
    public Map<String, RollbackPlanner.Saved> before(
            Tx tx, String rollout, Collection<String> uids) {
        return Map.of();
    }

    @Override
    public Optional<Kept> untried(Tx tx, String rollout, int wave) {
        return Optional.empty();
    }
}
