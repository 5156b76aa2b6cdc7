// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.bundle;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Removes bundles now and then that are old and that no directive names; Kafka has them still. */
final class BundlePruning {
    private static final Logger LOG = Logger.getLogger(BundlePruning.class);

    /** Also after a start, when directives have to be read first. */
    private static final long EVERY = Duration.ofHours(1).toNanos();

    private final ChunkStore chunks;
    private final Duration kept;
    private final LongSupplier nanos;
    private long next;

    /**
     * @param nanos a clock that nobody sets, ns
     */
    BundlePruning(ChunkStore chunks, Duration kept, LongSupplier nanos) {
        this.chunks = chunks;
        this.kept = kept;
        this.nanos = nanos;
        this.next = nanos.getAsLong() + EVERY;
    }

    /** Does it, if it is time. */
    void pruneIfDue(Supplier<Set<String>> named) {
        if (nanos.getAsLong() - next < 0) {
            return;
        }
        next = nanos.getAsLong() + EVERY;
        try {
            int pruned = chunks.prune(kept, named.get());
            if (pruned > 0) {
                LOG.infof("%d bundles were removed that are older than %s", pruned, kept);
            }
        } catch (IOException e) {
            LOG.warnf("old bundles cannot be removed: %s", e.getMessage());
        }
    }
}
