// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.bundle;

import dev.skein.agent.daemon.config.AgentConfig;
import dev.skein.agent.daemon.kafka.AgentKafka;
import dev.skein.agent.daemon.kafka.RefusedRecords;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.engine.bundle.Bundle;
import dev.skein.engine.event.Topics;
import dev.skein.engine.script.Scripts;
import dev.skein.service.loop.ServiceLoop;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * Reads every bundle there is, keeps chunks on disk, and hands out revisions that fit their digest.
 */
@ApplicationScoped
public class BundleCache {
    private static final Duration POLL = Duration.ofMillis(500);

    private final AgentKafka wire;
    private final RefusedRecords refusals;
    private final Path folder;
    private final ChunkStore chunks;
    private final Map<String, Scripts> parsed = new LastUsed();
    private final AtomicBoolean spoilt = new AtomicBoolean();
    private final ServiceLoop loop = new ServiceLoop("bundles", this::round, () -> {});
    private volatile @Nullable KafkaConsumer<String, byte[]> consumer;

    public BundleCache(AgentKafka wire, RefusedRecords refusals, AgentConfig config) {
        this.wire = wire;
        this.refusals = refusals;
        this.folder = config.cache().resolve("bundles");
        this.chunks = new ChunkStore(folder);
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
        return loop;
    }

    private KafkaConsumer<String, byte[]> reader() throws IOException {
        var known = consumer;
        if (known == null) {
            chunks.create();
            known = wire.consumer(Map.of());
            var partitions =
                    IntStream.range(0, Topics.PARTITIONS)
                            .mapToObj(p -> new TopicPartition(Topics.BUNDLES, p))
                            .toList();
            known.assign(partitions);
            known.seekToBeginning(partitions);
            consumer = known;
        }
        return known;
    }

    private void round() {
        try {
            var reader = reader();
            if (spoilt.getAndSet(false)) {
                startOver();
            }
            for (var record : reader.poll(POLL)) {
                if (record.value() != null) {
                    keep(record);
                }
            }
        } catch (WakeupException e) {
            loop.stop();
        } catch (IOException e) {
            startOver();
            throw new SkeinException(
                    ErrorCode.FAILED,
                    "Bundle cache " + folder,
                    "it cannot be written (" + e.getMessage() + ")",
                    "Make room, and check its permissions",
                    e);
        }
    }

    /** What could not be kept is read again. */
    private void startOver() {
        var known = consumer;
        if (known != null) {
            known.seekToBeginning(known.assignment());
        }
    }

    /** Ends the loop from another thread. */
    public void stop() {
        loop.stop();
        var known = consumer;
        if (known != null) {
            known.wakeup();
        }
    }

    /** Lets go of the consumer; the service ends. */
    public void close() {
        var known = consumer;
        if (known != null) {
            known.close();
        }
    }

    private void keep(ConsumerRecord<String, byte[]> record) throws IOException {
        if (!ChunkStore.isPart(record.key(), record.value())) {
            refusals.refuse(record, "it is no part of a bundle");
        } else if (chunks.keep(record.key(), record.value())) {
            synchronized (this) {
                notifyAll();
            }
        }
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
                spoilt.set(true); // Kafka has it still
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
