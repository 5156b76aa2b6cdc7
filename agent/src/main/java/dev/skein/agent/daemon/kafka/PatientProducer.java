// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A producer that does not turn without pause. The client's own splits a batch that a topic finds
 * too large and sends it again at once; where the batch was below {@code batch.size}, it comes out
 * as it was, and that goes on until its time is over. Where a producer does so, its records are
 * given back to whoever sent them, and for a while each goes by itself: it is taken, or refused at
 * once, and who sent it waits before it comes again.
 */
final class PatientProducer implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(PatientProducer.class);
    private static final Duration CLOSE = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** More within a look is no splitting that leads anywhere. */
    private static final double SPLITS = 50;

    private final Map<String, Object> settings;
    private final Duration calm;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final Thread watch;
    private volatile KafkaProducer<String, byte[]> producer;
    private volatile boolean alone;
    private volatile long refused;

    /** What becomes of a record. */
    @FunctionalInterface
    interface Ended {
        /** It was taken, and when by the broker's answer; or not, for a reason. */
        void with(@Nullable RecordMetadata place, @Nullable Exception error);
    }

    /**
     * @param calm for how long nothing must have been refused until records go in batches again
     */
    PatientProducer(Map<String, Object> settings, Duration calm) {
        this.settings = Map.copyOf(settings);
        this.calm = calm;
        this.producer = make(false);
        this.watch = Thread.ofVirtual().name("producer").start(this::watch);
    }

    private KafkaProducer<String, byte[]> make(boolean alone) {
        var all = new HashMap<>(settings);
        if (alone) {
            all.put(ProducerConfig.BATCH_SIZE_CONFIG, 0);
        }
        return new KafkaProducer<>(all, new StringSerializer(), new ByteArraySerializer());
    }

    Future<RecordMetadata> send(ProducerRecord<String, byte[]> sent, Ended ended) {
        lock.readLock().lock();
        try {
            return producer.send(
                    sent,
                    (place, error) -> {
                        if (error instanceof RecordTooLargeException) {
                            refused = System.nanoTime();
                        }
                        ended.with(place, error);
                    });
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Whether records go in batches. */
    boolean isBatching() {
        return !alone;
    }

    private void watch() {
        double before = 0;
        try {
            while (true) {
                Thread.sleep(LOOK);
                var splits = splits();
                if (!alone && splits - before > SPLITS) {
                    LOG.warn("a topic refuses batches: records go one by one for a while");
                    refused = System.nanoTime();
                    replace(true, Duration.ZERO);
                    splits = 0;
                } else if (alone && System.nanoTime() - refused > calm.toNanos()) {
                    replace(false, CLOSE);
                    splits = 0;
                }
                before = splits;
            }
        } catch (InterruptedException | InterruptException e) {
            Thread.currentThread().interrupt(); // it is closed
        }
    }

    private double splits() {
        return producer.metrics().entrySet().stream()
                .filter(e -> e.getKey().name().equals("batch-split-total"))
                .mapToDouble(e -> ((Number) e.getValue().metricValue()).doubleValue())
                .sum();
    }

    private void replace(boolean byAlone, Duration patience) {
        KafkaProducer<String, byte[]> old;
        lock.writeLock().lock(); // nobody sends over the old one after this
        try {
            old = producer;
            producer = make(byAlone);
            alone = byAlone;
        } finally {
            lock.writeLock().unlock();
        }
        old.close(patience); // what is not sent by then fails, and comes again
    }

    @Override
    public void close() {
        watch.interrupt();
        try {
            watch.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(CLOSE);
    }
}
