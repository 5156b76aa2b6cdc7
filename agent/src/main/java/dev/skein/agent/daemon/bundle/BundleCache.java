// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.bundle;

import dev.skein.agent.daemon.config.AgentConfig;
import dev.skein.agent.daemon.kafka.AgentKafka;
import dev.skein.agent.daemon.kafka.RefusedRecords;
import dev.skein.engine.SkeinException;
import dev.skein.engine.bundle.Bundle;
import dev.skein.engine.script.Scripts;
import dev.skein.service.loop.ServiceLoop;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Reads bundles, keeps chunks on disk, and hands out revisions that fit their digest. */
@ApplicationScoped
public class BundleCache {
    /** So long one may be on its way before it is looked for among the old ones. */
    private static final long ON_ITS_WAY = Duration.ofSeconds(2).toNanos();

    private final ChunkStore chunks;
    private final BundlePruning pruning;
    private volatile Supplier<Set<String>> named = Set::of;
    private final BundleIntake intake;
    private final Map<String, Scripts> parsed = new LastUsed();

    public BundleCache(AgentKafka wire, RefusedRecords refusals, AgentConfig config, Clock clock) {
        var folder = config.cache().resolve("bundles");
        var kept = config.keepBundles();
        this.chunks = new ChunkStore(folder, clock);
        this.pruning = new BundlePruning(chunks, kept, System::nanoTime);
        Runnable idle = () -> pruning.pruneIfDue(named);
        this.intake =
                new BundleIntake(wire, refusals, folder, chunks, kept, clock, this::arrived, idle);
    }

    /** Bundles as parsed lately; an older one is parsed again from the disk. */
    private static final class LastUsed extends LinkedHashMap<String, Scripts> {
        private static final int KEPT = 16;

        LastUsed() {
            super(KEPT, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Scripts> eldest) {
            return size() > KEPT;
        }
    }

    /**
     * The loop that reads, for as long as the service lives.
     *
     * @param named gives the bundles that directives name, by their digests
     */
    public ServiceLoop loop(Supplier<Set<String>> named) {
        this.named = named;
        return intake.loop();
    }

    /** Ends the loop from another thread. */
    public void stop() {
        intake.stop();
    }

    /** Lets go of the consumer; the service ends. */
    public void close() {
        intake.close();
    }

    private synchronized void arrived() {
        notifyAll();
    }

    /**
     * The revisions of a bundle, waiting for it if it is still on its way.
     *
     * @throws SkeinException if it does not come in time, or is not what its digest says
     */
    public Scripts get(String digest, Duration bound) throws InterruptedException {
        synchronized (parsed) {
            var known = parsed.get(digest);
            if (known != null) {
                return known;
            }
        }
        var scripts = Bundle.read(await(digest, bound), digest).scripts();
        synchronized (parsed) {
            parsed.put(digest, scripts);
        }
        return scripts;
    }

    private synchronized byte[] await(String digest, Duration bound) throws InterruptedException {
        long began = System.nanoTime();
        intake.want(digest);
        while (true) {
            var content = chunks.read(digest);
            if (content.bytes() != null) {
                intake.has(digest);
                return content.bytes();
            }
            if (content.state() == ChunkStore.State.SPOILT) {
                intake.readAgain();
            }
            long waited = System.nanoTime() - began;
            if (waited >= bound.toNanos()) {
                throw SkeinException.failed(
                        "Bundle " + digest, "it did not arrive at this site", "Push it again");
            }
            if (waited >= ON_ITS_WAY) {
                intake.fetch(digest);
            }
            var until = waited < ON_ITS_WAY ? ON_ITS_WAY : bound.toNanos();
            wait(1 + (Math.min(until, bound.toNanos()) - waited) / 1_000_000);
        }
    }
}
