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
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads every bundle there is, keeps chunks on disk, and hands out revisions that fit their digest.
 */
@ApplicationScoped
public class BundleCache {
    private final ChunkStore chunks;
    private final BundleIntake intake;
    private final Map<String, Scripts> parsed = new LastUsed();

    public BundleCache(AgentKafka wire, RefusedRecords refusals, AgentConfig config) {
        var folder = config.cache().resolve("bundles");
        this.chunks = new ChunkStore(folder);
        this.intake = new BundleIntake(wire, refusals, folder, chunks, this::arrived);
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

    /** The loop that reads, for as long as the service lives. */
    public ServiceLoop loop() {
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
        long end = System.nanoTime() + bound.toNanos();
        while (true) {
            var content = chunks.read(digest);
            if (content.bytes() != null) {
                return content.bytes();
            }
            if (content.state() == ChunkStore.State.SPOILT) {
                intake.readAgain();
            }
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw SkeinException.failed(
                        "Bundle " + digest, "it did not arrive at this site", "Push it again");
            }
            wait(left);
        }
    }
}
