// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.kafka;

import java.util.concurrent.atomic.AtomicInteger;

/** How many records wait to be stored, as far as it is known; asked for by other threads. */
final class RecordLag {
    private volatile long unread;
    private final AtomicInteger inFlight = new AtomicInteger();
    private volatile boolean known;

    /** How many wait, by what was known last. */
    long records() {
        return unread + inFlight.get();
    }

    /** The same; no number while it is not known. */
    double measured() {
        return known ? records() : Double.NaN;
    }

    /** So many are left to be read; what was read may not be stored yet. */
    void unread(long records) {
        unread = records;
        known = true;
    }

    /** So many more are being stored. */
    void storing(int records) {
        inFlight.addAndGet(records);
    }

    /** So many of those are stored. */
    void stored(int records) {
        inFlight.updateAndGet(known -> Math.max(0, known - records));
    }

    /** So many wait, those that were being stored among them. */
    void waiting(long records) {
        unread = records;
        inFlight.set(0);
        known = true;
    }

    /** Nobody knows any more. */
    void lost() {
        known = false;
    }
}
