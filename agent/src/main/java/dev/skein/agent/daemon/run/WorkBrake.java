// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.run;

import dev.skein.engine.execute.order.Brake;
import org.jspecify.annotations.Nullable;

/** The brake of one piece of work. Whoever waits on its behalf hears at once that it is pulled. */
public final class WorkBrake implements Brake {
    private volatile boolean pulled;
    private @Nullable Runnable waiting;

    /** Asks the work to stop at its next step boundary, and ends what it waits for. */
    public void pull() {
        Runnable heard;
        synchronized (this) {
            pulled = true;
            heard = waiting;
            waiting = null;
        }
        if (heard != null) {
            heard.run();
        }
    }

    @Override
    public boolean isPulled() {
        return pulled;
    }

    /**
     * Runs something once it is pulled, on the thread that pulls it: at once where it was.
     *
     * @param heard in place of what was to be run before
     */
    void whenPulled(Runnable heard) {
        synchronized (this) {
            if (!pulled) {
                waiting = heard;
                return;
            }
        }
        heard.run();
    }

    /** What was to be run is not any more; the wait is over. */
    synchronized void unheard() {
        waiting = null;
    }
}
