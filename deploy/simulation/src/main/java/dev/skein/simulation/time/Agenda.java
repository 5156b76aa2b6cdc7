// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.time;

import java.util.Arrays;

/**
 * What is planned, by its time and then by the order in which it was planned: a binary heap over
 * one number of both, as a history asks it at every event.
 */
final class Agenda {
    private static final int ORDER_BITS = 28;
    private static final long MOST = 1L << ORDER_BITS;
    private static final long LATEST = Long.MAX_VALUE >> ORDER_BITS;
    private static final int FIRST = 256;

    private long[] keys = new long[FIRST];
    private Runnable[] what = new Runnable[FIRST];
    private int size;

    void add(long at, long order, Runnable planned) {
        if (order >= MOST || at > LATEST) {
            throw new IllegalStateException("a history without an end: " + order + " at " + at);
        }
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
            what = Arrays.copyOf(what, 2 * size);
        }
        rise(size, at * MOST + order, planned);
        size++;
    }

    boolean hasUntil(long end) {
        return size > 0 && firstAt() <= end;
    }

    /** When the first one is due. */
    long firstAt() {
        return keys[0] >> ORDER_BITS;
    }

    /** Takes the first one off. */
    Runnable remove() {
        var first = what[0];
        size--;
        var last = what[size];
        what[size] = Agenda::nothing;
        if (size > 0) {
            sink(keys[size], last);
        }
        return first;
    }

    private void rise(int from, long key, Runnable planned) {
        int place = from;
        while (place > 0 && keys[(place - 1) / 2] > key) {
            int parent = (place - 1) / 2;
            keys[place] = keys[parent];
            what[place] = what[parent];
            place = parent;
        }
        keys[place] = key;
        what[place] = planned;
    }

    private void sink(long key, Runnable planned) {
        int place = 0;
        while (2 * place + 1 < size) {
            int child = 2 * place + 1;
            if (child + 1 < size && keys[child + 1] < keys[child]) {
                child++;
            }
            if (keys[child] >= key) {
                break;
            }
            keys[place] = keys[child];
            what[place] = what[child];
            place = child;
        }
        keys[place] = key;
        what[place] = planned;
    }

    private static void nothing() {}
}
