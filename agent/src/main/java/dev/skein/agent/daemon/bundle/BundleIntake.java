// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.bundle;

import dev.skein.agent.daemon.kafka.AgentKafka;
import dev.skein.agent.daemon.kafka.RefusedRecords;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.engine.event.Topics;
import dev.skein.service.loop.ServiceLoop;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parts of bundles, and keeps them on disk: of those that are new, and of older ones that
 * somebody waits for. A start goes on from where the last one came to.
 */
final class BundleIntake {
    private static final Logger LOG = Logger.getLogger(BundleIntake.class);
    private static final Duration POLL = Duration.ofMillis(500);

    private final AgentKafka wire;
    private final RefusedRecords refusals;
    private final Path folder;
    private final ChunkStore chunks;
    private final Runnable arrived;
    private final Runnable idle;
    private final BundlePositions positions;
    private final Duration kept;
    private final Clock clock;
    private final AtomicBoolean again = new AtomicBoolean();
    private final AtomicBoolean missing = new AtomicBoolean();
    private final Set<String> wanted = ConcurrentHashMap.newKeySet();
    private final Set<String> fetched = ConcurrentHashMap.newKeySet();
    private final ServiceLoop loop = new ServiceLoop("bundles", this::pollOnce, () -> {});
    private volatile @Nullable KafkaConsumer<String, byte[]> consumer;

    /**
     * @param kept so old ones are not kept unless somebody waits for them
     * @param arrived is run for each part that was not there
     * @param idle is run now and then, where there is nothing to read
     */
    BundleIntake(
            AgentKafka wire,
            RefusedRecords refusals,
            Path folder,
            ChunkStore chunks,
            Duration kept,
            Clock clock,
            Runnable arrived,
            Runnable idle) {
        this.wire = wire;
        this.refusals = refusals;
        this.folder = folder;
        this.chunks = chunks;
        this.positions = new BundlePositions(folder);
        this.kept = kept;
        this.clock = clock;
        this.arrived = arrived;
        this.idle = idle;
    }

    /** The loop that reads, for as long as the service lives. */
    ServiceLoop loop() {
        return loop;
    }

    /** Somebody waits for a bundle: however old it is, it is kept. */
    void want(String digest) {
        wanted.add(digest);
    }

    /**
     * It does not come, as it may have been passed over or removed: all is read again, once, and if
     * it is not among what is still to be read.
     */
    void fetch(String digest) {
        if (fetched.add(digest)) {
            missing.set(true);
        }
    }

    /** It is here; should it be missing again, it can be fetched again. */
    void has(String digest) {
        fetched.remove(digest);
    }

    /** Lets everything be read again: what is here is spoilt, and Kafka has it still. */
    void readAgain() {
        again.set(true);
    }

    private KafkaConsumer<String, byte[]> reader() throws IOException {
        var known = consumer;
        if (known == null) {
            chunks.create();
            var from = positions.read();
            known = wire.consumer(Map.of());
            var partitions =
                    IntStream.range(0, Topics.PARTITIONS)
                            .mapToObj(p -> new TopicPartition(Topics.BUNDLES, p))
                            .toList();
            known.assign(partitions);
            goOn(known, partitions, from);
            consumer = known;
        }
        return known;
    }

    private static void goOn(
            KafkaConsumer<String, byte[]> reader,
            List<TopicPartition> partitions,
            Map<Integer, Long> from) {
        for (var partition : partitions) {
            var offset = from.get(partition.partition());
            if (offset == null) {
                reader.seekToBeginning(List.of(partition));
            } else {
                reader.seek(partition, offset);
            }
        }
    }

    private void pollOnce() {
        try {
            var reader = reader();
            if (again.getAndSet(false)) {
                startOver();
            }
            var records = reader.poll(POLL);
            for (var record : records) {
                keep(record);
                positions.passed(record.partition(), record.offset() + 1);
            }
            if (records.isEmpty()) {
                positions.store();
                idle.run();
                if (isAtEnd(reader) && missing.getAndSet(false)) {
                    startOver();
                }
            }
        } catch (WakeupException e) {
            loop.stop();
        } catch (IOException e) {
            startOver();
            throw unwritable(e);
        }
    }

    private static boolean isAtEnd(KafkaConsumer<String, byte[]> reader) {
        return reader.assignment().stream().allMatch(p -> reader.currentLag(p).orElse(1) == 0);
    }

    private SkeinException unwritable(IOException e) {
        return new SkeinException(
                ErrorCode.FAILED,
                "Bundle cache " + folder,
                "it cannot be written (" + e.getMessage() + ")",
                "Make room, and check its permissions",
                e);
    }

    /** What could not be kept is read again. */
    private void startOver() {
        var known = consumer;
        if (known != null) {
            known.seekToBeginning(known.assignment());
        }
    }

    private void keep(ConsumerRecord<String, byte[]> record) throws IOException {
        if (record.value() == null) {
            return;
        }
        if (!BundleParts.isPart(record.key(), record.value())) {
            refusals.refuse(record, "it is no part of a bundle");
        } else if (isKept(record) && chunks.keep(record.key(), record.value())) {
            arrived.run();
        }
    }

    private boolean isKept(ConsumerRecord<String, byte[]> record) {
        return clock.millis() - record.timestamp() < kept.toMillis()
                || wanted.contains(BundleParts.digest(record.key()));
    }

    /** Ends the loop from another thread. */
    void stop() {
        loop.stop();
        var known = consumer;
        if (known != null) {
            known.wakeup();
        }
    }

    /** Lets go of the consumer; the service ends. */
    void close() {
        var known = consumer;
        if (known != null) {
            storeLast();
            known.close();
        }
    }

    private void storeLast() {
        try {
            positions.store();
        } catch (IOException e) {
            LOG.infof("bundles are read again at the next start: %s", e.getMessage());
        }
    }
}
