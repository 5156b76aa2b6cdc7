// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.relay;

import dev.skein.api.config.ApiConfig;
import dev.skein.api.config.LoopConnections;
import dev.skein.api.store.Continuity;
import dev.skein.api.store.LostDecisions;
import dev.skein.api.store.LostDirectives;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.engine.event.Topics;
import dev.skein.service.database.Db;
import dev.skein.service.kafka.PositionTaken;
import dev.skein.service.kafka.TopicNotice;
import dev.skein.service.kafka.TopicTail;
import dev.skein.service.loop.ServiceLoop;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads back what was published: whatever is in the topics came from this database. Where it does
 * not know of something there, it is an older copy or another database, and everything stops.
 */
@ApplicationScoped
public class PublishedComparison {
    static final String DECISIONS_LOST =
            "decisions that were published are not in its database, which is an older copy or"
                    + " another one";
    static final String DIRECTIVES_LOST =
            "directives that were published are newer than those in its database, which is an older"
                    + " copy or another one";
    static final String OTHER_CLUSTER = "its Kafka is another cluster than before";
    static final String NOTHING_TO_COMPARE =
            "records of skein.decisions are gone that were not compared with its database";

    private static final Logger LOG = Logger.getLogger(PublishedComparison.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final int TRIES = 20;
    private static final int PATIENCE = 4;

    private final Map<String, Object> kafka;
    private final Map<String, Boolean> topics = new HashMap<>();
    private final Db db;
    private final Continuity continuity;
    private final LostDecisions lost;
    private final LostDirectives directives;
    private final Outbox outbox;
    private @Nullable TopicTail tail;
    private volatile Optional<Continuity.Stop> stopped = Optional.empty();

    public PublishedComparison(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            ApiConfig config,
            @LoopConnections Db db,
            Continuity continuity,
            LostDecisions lost,
            LostDirectives directives,
            Outbox outbox) {
        this.kafka = kafka;
        this.db = db;
        this.continuity = continuity;
        this.lost = lost;
        this.directives = directives;
        this.outbox = outbox;
        topics.put(Topics.DECISIONS, true);
        topics.put(Topics.BUNDLES, false);
        config.sites().forEach(site -> topics.put(Topics.directives(site), true));
    }

    /**
     * Compares for the first time, before anything is decided.
     *
     * @throws SkeinException if Kafka cannot be read
     */
    public void first() {
        try {
            patiently();
        } catch (KafkaException e) {
            throw new SkeinException(
                    ErrorCode.FAILED,
                    "Kafka at " + kafka.get("bootstrap.servers"),
                    "what was published cannot be read (" + e.getMessage() + ")",
                    "Is it up, and may the api read its own topics?",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SkeinException(ErrorCode.INTERRUPTED, "Kafka", "interrupted", "", e);
        }
        stopped()
                .ifPresent(stop ->
                        LOG.errorf(
                                "nothing is decided or sent since %s: %s. %s",
                                stop.since(), stop.found(), Continuity.Stop.REMEDY));
    }

    /** Topics that were just made have no leader for a moment. */
    private void patiently() throws InterruptedException {
        for (int n = 1; ; n++) {
            try {
                compare();
                return;
            } catch (TimeoutException e) {
                forget();
                if (n == PATIENCE) {
                    throw e;
                }
            } catch (PositionTaken e) {
                LOG.debug("another replica compares, too"); // it comes on: there is less to do
            }
        }
    }

    /** The loop that compares, for as long as the service lives. */
    public ServiceLoop loop() {
        return new ServiceLoop("comparison", this::round, this::forget);
    }

    private void round() throws InterruptedException {
        try {
            compare();
        } catch (InterruptException e) {
            Thread.currentThread().interrupt(); // the service ends
            return;
        } catch (KafkaException e) {
            db.run(continuity::uncompared);
            throw e;
        }
        Thread.sleep(PAUSE);
    }

    void compare() throws InterruptedException {
        for (int n = 1; ; n++) {
            try {
                tail().read(db, new Back());
                continuity.compared(db);
                stopped = db.call(continuity::stopped);
                return;
            } catch (PositionTaken e) {
                if (n == TRIES) {
                    throw e; // another replica does the same, faster every time
                }
            }
        }
    }

    /** Whether the topics are as they were, and it is the database that is not. */
    static boolean isBehindOnly(String found) {
        return !found.contains(OTHER_CLUSTER) && !found.contains(NOTHING_TO_COMPARE);
    }

    /** Since when and why nothing is decided, as of the last comparison. */
    public Optional<Continuity.Stop> stopped() {
        return stopped;
    }

    private TopicTail tail() throws InterruptedException {
        var known = tail;
        if (known == null) {
            known = TopicTail.open(kafka, topics);
            tail = known;
        }
        return known;
    }

    private void forget() {
        var known = tail;
        tail = null;
        if (known != null) {
            known.close();
        }
    }

    /** Lets go of Kafka; the loop has ended before. */
    public void close() {
        forget();
    }

    private final class Back implements TopicTail.Reader {
        @Override
        public void read(Db.Tx tx, List<ConsumerRecord<String, byte[]>> records) {
            continuity.lock(tx);
            var published = PublishedState.of(records);
            if (!published.decisions().isEmpty() && lost.keep(tx, published.decisions()) > 0) {
                stop(tx, DECISIONS_LOST);
            }
            if (directives.keep(tx, published.directives()) > 0) {
                stop(tx, DIRECTIVES_LOST);
            }
        }

        @Override
        public void changed(Db.Tx tx, String topic, TopicNotice notice) {
            continuity.lock(tx);
            if (notice == TopicNotice.OTHER_CLUSTER) {
                stop(tx, OTHER_CLUSTER);
            } else if (topic.equals(Topics.DECISIONS)) {
                stop(tx, NOTHING_TO_COMPARE);
            } else {
                outbox.again(tx, topic);
            }
        }

        private void stop(Db.Tx tx, String found) {
            if (continuity.stop(tx, found)) {
                LOG.errorf("nothing is decided or sent any more: %s", found);
            }
        }
    }
}
