// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.query;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What many ask for at once, made once for all of them. Of each kind one is made at a time, whoever
 * asks; the newest of those that were asked for last are kept, and nothing is made that nobody asks
 * for. Who asks waits, so it is no event loop.
 */
public final class SharedSnapshots<K, V> {
    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofSeconds(30);

    /** One that takes long to make is good for longer: making it takes a share of the time. */
    private static final int TIMES = 10;

    private final Function<K, V> makes;
    private final int kept;
    private final LongSupplier nanos;
    private final SequencedMap<K, Place<V>> places = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * @param makes what is asked for; what it throws is thrown at all who waited for it
     * @param kept how many are kept at most
     */
    public SharedSnapshots(Function<K, V> makes, int kept) {
        this(makes, kept, System::nanoTime);
    }

    SharedSnapshots(Function<K, V> makes, int kept, LongSupplier nanos) {
        this.makes = makes;
        this.kept = kept;
        this.nanos = nanos;
    }

    /** Where the snapshots of a kind are made, and the newest one is. */
    private static final class Place<V> {
        final ReentrantLock making = new ReentrantLock();
        volatile @Nullable Made<V> newest;
    }

    /**
     * A snapshot, or why there is none.
     *
     * @param began when it was begun: it holds all that was so by then
     */
    private record Made<V>(
            long began, long took, @Nullable V value, @Nullable RuntimeException failure) {
        /** For how long it is good for who has seen an earlier one. */
        long age() {
            return Math.clamp(took * TIMES, LEAST.toNanos(), MOST.toNanos());
        }

        V get() {
            if (failure != null) {
                throw failure;
            }
            return Objects.requireNonNull(value);
        }
    }

    /**
     * A snapshot.
     *
     * @param again whether it is for somebody who looks again, and not for the first time
     */
    public V get(K key, boolean again) {
        return again ? recent(key) : fresh(key);
    }

    /** What is so now: one that was begun after somebody asked for it. */
    public V fresh(K key) {
        long asked = nanos.getAsLong();
        return get(key, made -> made.began() - asked >= 0);
    }

    /** For who looks again and again: what was so a second ago, or some more if it takes long. */
    public V recent(K key) {
        long asked = nanos.getAsLong();
        return get(key, made -> asked - made.began() < made.age());
    }

    private interface Good<V> {
        boolean is(Made<V> made);
    }

    private V get(K key, Good<V> good) {
        var place = place(key);
        var known = place.newest;
        if (known != null && good.is(known)) {
            return known.get();
        }
        place.making.lock();
        try {
            var made = place.newest; // by whoever had the lock meanwhile
            if (made == null || !good.is(made)) {
                made = make(key);
                place.newest = made;
            }
            if (made.failure() != null) {
                forget(key, place);
            }
            return made.get();
        } finally {
            place.making.unlock();
        }
    }

    private Made<V> make(K key) {
        long began = nanos.getAsLong();
        try {
            var value = makes.apply(key);
            return new Made<>(began, nanos.getAsLong() - began, value, null);
        } catch (RuntimeException e) {
            return new Made<>(began, nanos.getAsLong() - began, null, e);
        }
    }

    private Place<V> place(K key) {
        synchronized (places) {
            var place = places.computeIfAbsent(key, k -> new Place<>());
            if (places.size() > kept) {
                var _ = places.pollFirstEntry();
            }
            return place;
        }
    }

    /** How many wait for a snapshot to be made. */
    int waiting(K key) {
        return place(key).making.getQueueLength();
    }

    private void forget(K key, Place<V> failed) {
        synchronized (places) {
            places.remove(key, failed);
        }
    }
}
