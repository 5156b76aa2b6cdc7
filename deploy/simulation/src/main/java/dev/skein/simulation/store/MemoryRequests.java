// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.store;

import dev.skein.api.store.RequestStore;
import dev.skein.engine.event.Request;
import dev.skein.service.database.Db.Tx;
import java.time.Clock;

/** What agents are asked: nobody waits for it here. */
public final class MemoryRequests extends RequestStore {
    public MemoryRequests() {
        super(Clock.systemUTC());
    }

    @Override
    public String ask(Tx tx, String site, String uid, String rollout, Request.Ask ask) {
        return "";
    }
}
