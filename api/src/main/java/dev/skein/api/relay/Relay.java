// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.relay;

import dev.skein.engine.Digests;
import dev.skein.engine.Json;
import dev.skein.engine.Loop;
import dev.skein.engine.event.BundleManifest;
import dev.skein.engine.event.CloudEvent;
import dev.skein.engine.event.DecisionRecord;
import dev.skein.engine.event.Topics;
import dev.skein.engine.postgres.Db;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/**
 * Sends what the outbox holds, as long as this process leads. Directives go in Kafka transactions
 * whose id belongs to the site: a relay that was paused and wakes up later is fenced by the one
 * that took over, so an old directive cannot follow a newer one.
 */
@ApplicationScoped
public class Relay {
    private static final Logger LOG = Logger.getLogger(Relay.class);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final String SOURCE = "/api";

    private final Db db;
    private final Outbox outbox;
    private final Signal signal;
    private final Producers producers;
    private final Leadership leadership;
    private final Clock clock;

    public Relay(
            Db db,
            Outbox outbox,
            Signal signal,
            Producers producers,
            Leadership leadership,
            Clock clock) {
        this.db = db;
        this.outbox = outbox;
        this.signal = signal;
        this.producers = producers;
        this.leadership = leadership;
        this.clock = clock;
    }

    /** The loop that sends, for as long as the service lives. */
    public Loop loop() {
        return new Loop("relay", this::round, this::giveUp);
    }

    private void round() throws InterruptedException {
        if (leadership.isOurs() && !sendAll()) {
            return; // there may be more
        }
        signal.await(LOOK);
    }

    /** Lets go of what may be broken; another replica may lead meanwhile. */
    public void giveUp() {
        producers.reset();
        leadership.resign();
    }

    /** Sends one batch of each kind; gives whether nothing was left to send. */
    private boolean sendAll() throws InterruptedException {
        boolean bundles = sendBundles();
        boolean directives = sendDirectives();
        boolean decisions = sendDecisions();
        boolean questions = sendQuestions();
        return !bundles && !directives && !decisions && !questions;
    }

    private boolean sendDirectives() throws InterruptedException {
        var batch = db.call(outbox::directives);
        if (batch.isEmpty()) {
            return false;
        }
        var sites = batch.stream().collect(Collectors.groupingBy(Outbox.Outgoing::site));
        for (var site : sites.entrySet()) {
            var producer = producers.ofSite(site.getKey());
            var sent = new ArrayList<Future<?>>();
            producer.beginTransaction();
            site.getValue().forEach(directive -> sent.add(producer.send(record(directive))));
            producer.commitTransaction();
            awaitAll(sent);
            db.run(tx -> outbox.sent(tx, site.getValue()));
        }
        LOG.debugf("sent %d directives", batch.size());
        return true;
    }

    private org.apache.kafka.clients.producer.ProducerRecord<String, byte[]> record(
            Outbox.Outgoing directive) {
        var kind = directive.payload() == null ? "directive.closed" : "directive.issued";
        var id = directive.uid() + "/" + directive.generation();
        var event = CloudEvent.of(id, kind, SOURCE, directive.uid(), clock.instant());
        var value =
                directive.payload() == null
                        ? null
                        : directive.payload().getBytes(StandardCharsets.UTF_8);
        return Wire.record(Topics.directives(directive.site()), directive.uid(), value, event);
    }

    private boolean sendDecisions() throws InterruptedException {
        var batch = db.call(outbox::decisions);
        var sent = new ArrayList<Future<?>>();
        for (var decision : batch) {
            var record =
                    new DecisionRecord(
                            decision.stream(),
                            decision.version(),
                            decision.envelope(),
                            Digests.hex(decision.prevHash()),
                            Digests.hex(decision.hash()));
            var id = decision.stream() + "/" + decision.version();
            var event =
                    CloudEvent.of(id, "decision.made", SOURCE, decision.stream(), clock.instant());
            sent.add(
                    producers
                            .plain()
                            .send(
                                    Wire.record(
                                            Topics.DECISIONS,
                                            decision.stream(),
                                            Json.bytes(record),
                                            event)));
        }
        awaitAll(sent);
        if (!batch.isEmpty()) {
            db.run(tx -> outbox.sentDecisions(tx, batch));
        }
        return !batch.isEmpty();
    }

    private boolean sendQuestions() throws InterruptedException {
        var batch = db.call(outbox::questions);
        var sent = new ArrayList<Future<?>>();
        for (var question : batch) {
            var event =
                    CloudEvent.of(
                            question.id(), "agent.asked", SOURCE, question.uid(), clock.instant());
            var value = question.payload().getBytes(StandardCharsets.UTF_8);
            var topic = Topics.requests(question.site());
            sent.add(producers.plain().send(Wire.record(topic, question.uid(), value, event)));
        }
        awaitAll(sent);
        if (!batch.isEmpty()) {
            db.run(tx -> outbox.sentQuestions(tx, batch));
        }
        return !batch.isEmpty();
    }

    private boolean sendBundles() throws InterruptedException {
        var parcels = db.call(outbox::bundles);
        for (var parcel : parcels) {
            awaitAll(sendChunks(producers.plain(), parcel));
            db.run(tx -> outbox.sent(tx, parcel));
        }
        return !parcels.isEmpty();
    }

    private List<Future<?>> sendChunks(Producer<String, byte[]> producer, Outbox.Parcel parcel) {
        var digest = parcel.manifest().digest();
        var sent = new ArrayList<Future<?>>();
        for (int n = 1; n <= parcel.manifest().chunks(); n++) {
            int from = (n - 1) * BundleManifest.CHUNK;
            int to = Math.min(parcel.content().length, from + BundleManifest.CHUNK);
            var chunk = Arrays.copyOfRange(parcel.content(), from, to);
            sent.add(producer.send(part(digest, n, "bundle.chunk", chunk)));
        }
        sent.add(producer.send(part(digest, 0, "bundle.pushed", Json.bytes(parcel.manifest()))));
        return sent;
    }

    private org.apache.kafka.clients.producer.ProducerRecord<String, byte[]> part(
            String digest, int number, String kind, byte[] value) {
        var key = BundleManifest.key(digest, number);
        var event = CloudEvent.of(key, kind, SOURCE, digest, clock.instant());
        return Wire.record(Topics.BUNDLES, key, value, event);
    }

    private static void awaitAll(List<Future<?>> sent) throws InterruptedException {
        for (var future : sent) {
            try {
                future.get();
            } catch (java.util.concurrent.ExecutionException e) {
                throw new KafkaException(String.valueOf(e.getCause()), e);
            }
        }
    }
}
