// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.kafka;

import dev.skein.service.database.Db;
import dev.skein.service.loop.ServiceLoop;
import java.time.Duration;
import java.util.Collection;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * Reads topics from where the database says; what a batch does and the position behind it are
 * committed together or not at all. A record that cannot be taken is put aside; everything else
 * that fails is tried again.
 */
public final class TopicReader {
    private static final System.Logger LOG = System.getLogger(TopicReader.class.getName());
    private static final int PATIENT_POLLS = 20;
    private static final Duration POLL = Duration.ofMillis(500);

    /** So long partitions are kept while nothing can be stored. */
    private static final Duration KEPT = Duration.ofSeconds(10);

    private final TopicConnection.Settings settings;
    private final Db db;
    private final RecordStore store;
    private final ServiceLoop loop;
    private volatile @Nullable TopicConnection connection;
    private volatile boolean caughtUp;
    private final RecordLag lag = new RecordLag();
    private final StoringTask storing;
    private final Watermark watermark = new Watermark(System::nanoTime);
    private boolean unplaced;
    private boolean failed;
    private long well = System.nanoTime();

    public TopicReader(TopicConnection.Settings settings, Db db, RecordHandler handler) {
        this.settings = settings;
        this.db = db;
        this.store = new RecordStore(db, handler);
        this.storing = new StoringTask(settings.ahead());
        this.loop = new ServiceLoop(settings.group(), this::readOnce, this::failed);
    }

    /** The loop that reads, for as long as the service lives. */
    public ServiceLoop loop() {
        return loop;
    }

    /** How many records wait to be stored, as far as it is known. */
    public long lag() {
        return lag.records();
    }

    /** The same; no number while it is not known, without partitions or an answer of the broker. */
    public double measuredLag() {
        return lag.measured();
    }

    /**
     * How long ago everything was stored that was in its topics then: about a second where all is
     * well, and growing whatever is wrong, also where nobody can tell how much waits.
     */
    public Duration behindFor() {
        return watermark.age();
    }

    /** Whether everything that was in the topics when it looked last is stored. */
    public boolean isCaughtUp() {
        return caughtUp;
    }

    /**
     * For how long everything that came into the topics has been stored within some seconds, by
     * what the broker says; nothing while it is behind, or the broker or the database is away.
     */
    public Duration uninterrupted() {
        return watermark.uninterrupted();
    }

    /** Ends the loop from another thread. */
    public void stop() {
        loop.stop();
        var known = connection;
        if (known != null) {
            known.consumer().wakeup();
        }
    }

    /** Lets go of the consumer; the service ends. */
    public void close() {
        try {
            storing.finish();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // It is read again at the next start.
            LOG.log(System.Logger.Level.WARNING, "{0}: {1}", settings.group(), e.getMessage());
        }
        store.end();
        letGo();
    }

    private void letGo() {
        var known = connection;
        connection = null;
        if (known != null) {
            known.close();
        }
    }

    private TopicConnection connection() {
        var known = connection;
        if (known == null) {
            db.run(
                    PositionStore
                            ::requireWritable); // who cannot store takes no partition from others
            known = TopicConnection.open(settings);
            known.consumer().subscribe(settings.topics(), new PauseUntilPlaced(known));
            connection = known;
            well = System.nanoTime();
        }
        return known;
    }

    /** Leaves its partitions to others, if its database has been away for some time. */
    private void leaveWithoutDatabase() {
        var known = connection;
        if (known == null || System.nanoTime() - well < KEPT.toNanos()) {
            return;
        }
        try {
            db.run(PositionStore::requireWritable);
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0}: nothing can be stored ({1}); others may read meanwhile",
                    settings.group(),
                    e.getMessage());
            connection = null;
            lag.lost();
            known.leave();
        }
    }

    private void readOnce() throws InterruptedException {
        store.turn();
        var open = connection();
        try {
            if (unplaced) {
                place(open);
            }
            if (watermark.isDue() && !open.consumer().assignment().isEmpty()) {
                if (!storing.isPending() && !open.isAsPlaced(db)) {
                    unplaced = true; // the topics or the database were exchanged
                    watermark.lost();
                    return;
                }
                long now = System.nanoTime();
                open.ends().ifPresent(ends -> watermark.ends(now, ends));
            }
            readNext(open);
        } catch (InvalidOffsetException e) {
            unplaced = true; // not placed yet, or what was there is gone: the next round looks
        } catch (WakeupException e) {
            loop.stop();
        } catch (FencedInstanceIdException e) {
            letGo(); // another process has our name: from now on we go without one
            throw settings.forgetInstance(e);
        }
    }

    private void place(TopicConnection open) throws InterruptedException {
        storing.finish();
        open.place(db);
        unplaced = false;
    }

    private void readNext(TopicConnection open) throws InterruptedException {
        watermark.read(storing.isPending() ? open.positions()::at : open.consumer()::position);
        watermark.stored(); // what is not pending is
        var records = poll(open);
        lag.unread(open.behind(0));
        take(records, open.positions());
        caughtUp = !unplaced && lag() == 0;
        well = System.nanoTime();
    }

    /** After a failure, what is there again is waited for: a round without it would say nothing. */
    private ConsumerRecords<String, byte[]> poll(TopicConnection open) {
        var records = open.consumer().poll(POLL);
        for (int n = 1;
                n < PATIENT_POLLS && failed && !unplaced && records.isEmpty() && open.behind(1) > 0;
                n++) {
            records = open.consumer().poll(POLL);
        }
        return records;
    }

    /** Reads a batch while those before it are stored, unless that went wrong lately. */
    private void take(ConsumerRecords<String, byte[]> records, Positions positions)
            throws InterruptedException {
        if (records.isEmpty()) {
            storing.finish();
            return;
        }
        var batch = StreamSupport.stream(records.spliterator(), false).toList();
        var ready = store.read(batch, positions);
        if (storing.isPending()) {
            store.storeFirst(ready);
        }
        lag.storing(batch.size());
        storing.begin(
                batch.stream().mapToLong(ConsumerRecord::serializedValueSize).sum(),
                () -> {
                    store.store(ready, positions);
                    lag.stored(batch.size());
                });
        if (failed) {
            storing.finish(); // a round counts as one only if something was stored
            failed = false;
        }
    }

    private void failed() {
        watermark.lost();
        unplaced = true;
        failed = true;
        caughtUp = false;
        measure();
        leaveWithoutDatabase();
    }

    /** While nothing is stored, what waits grows. */
    private void measure() {
        var known = connection;
        lag.lost();
        if (known == null || known.consumer().assignment().isEmpty()) {
            return;
        }
        try {
            known.ends().ifPresent(ends -> lag.waiting(known.positions().behind(ends)));
        } catch (KafkaException e) {
            LOG.log(System.Logger.Level.DEBUG, "{0}: {1}", settings.group(), e.getMessage());
        }
    }

    private final class PauseUntilPlaced implements ConsumerRebalanceListener {
        private final TopicConnection open;

        PauseUntilPlaced(TopicConnection open) {
            this.open = open;
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            watermark.lost();
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            open.consumer().pause(partitions);
            watermark.lost();
            unplaced = true; // the next round seeks before it reads, as often as it must
        }
    }
}
