// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.relay;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Tells the relay that something was committed; it looks by itself from time to time as well. */
@ApplicationScoped
public class RelaySignal {
    private final Semaphore raised = new Semaphore(0);

    public void raise() {
        raised.release();
    }

    /** Waits for a signal, at most so long; takes all that were raised. */
    public void await(Duration bound) throws InterruptedException {
        if (raised.tryAcquire(bound.toMillis(), TimeUnit.MILLISECONDS)) {
            raised.drainPermits();
        }
    }
}
