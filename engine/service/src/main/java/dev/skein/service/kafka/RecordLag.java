// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.kafka;

/** How many records wait to be stored, as far as it is known; asked for by other threads. */
final class RecordLag {
    private volatile long unread;
    private volatile int inFlight;
    private volatile boolean known;

    /** How many wait, by what was known last. */
    long records() {
        return unread + inFlight;
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

    /** So many are being stored. */
    void storing(int records) {
        inFlight = records;
    }

    /** What was being stored is stored, or there was nothing. */
    void stored() {
        inFlight = 0;
    }

    /** So many wait, those that were being stored among them. */
    void waiting(long records) {
        unread = records;
        inFlight = 0;
        known = true;
    }

    /** Nobody knows any more. */
    void lost() {
        known = false;
    }
}
