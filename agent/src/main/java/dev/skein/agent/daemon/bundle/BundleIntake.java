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
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/** Reads the parts of every bundle there is, and keeps them on disk. */
final class BundleIntake {
    private static final Duration POLL = Duration.ofMillis(500);

    private final AgentKafka wire;
    private final RefusedRecords refusals;
    private final Path folder;
    private final ChunkStore chunks;
    private final Runnable arrived;
    private final AtomicBoolean spoilt = new AtomicBoolean();
    private final ServiceLoop loop = new ServiceLoop("bundles", this::pollOnce, () -> {});
    private volatile @Nullable KafkaConsumer<String, byte[]> consumer;

    /**
     * @param arrived is run for each part that was not there
     */
    BundleIntake(
            AgentKafka wire,
            RefusedRecords refusals,
            Path folder,
            ChunkStore chunks,
            Runnable arrived) {
        this.wire = wire;
        this.refusals = refusals;
        this.folder = folder;
        this.chunks = chunks;
        this.arrived = arrived;
    }

    /** The loop that reads, for as long as the service lives. */
    ServiceLoop loop() {
        return loop;
    }

    /** Lets everything be read again: what is here is spoilt, and Kafka has it still. */
    void readAgain() {
        spoilt.set(true);
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

    private void pollOnce() {
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
            throw unwritable(e);
        }
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
        if (!BundleParts.isPart(record.key(), record.value())) {
            refusals.refuse(record, "it is no part of a bundle");
        } else if (chunks.keep(record.key(), record.value())) {
            arrived.run();
        }
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
            known.close();
        }
    }
}
