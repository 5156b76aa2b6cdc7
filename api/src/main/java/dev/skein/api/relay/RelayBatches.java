// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.relay;

import dev.skein.api.config.LoopConnections;
import dev.skein.api.store.Continuity;
import dev.skein.engine.Digests;
import dev.skein.engine.Json;
import dev.skein.engine.event.BundleManifest;
import dev.skein.engine.event.CloudEvent;
import dev.skein.engine.event.DecisionRecord;
import dev.skein.engine.event.Topics;
import dev.skein.service.database.Db;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Sends one batch of a route, as long as this process leads: that is asked in the transaction that
 * reads the batch, and again before it is sent.
 */
@ApplicationScoped
public class RelayBatches {
    private static final String SOURCE = "/api";

    private final Db db;
    private final Outbox outbox;
    private final Leadership leadership;
    private final Continuity continuity;
    private final Clock clock;

    public RelayBatches(
            @LoopConnections Db db,
            Outbox outbox,
            Leadership leadership,
            Continuity continuity,
            Clock clock) {
        this.db = db;
        this.outbox = outbox;
        this.leadership = leadership;
        this.continuity = continuity;
        this.clock = clock;
    }

    /** Sends one; gives whether there may be more. */
    boolean send(long term, RelayRoute route, Producer<String, byte[]> producer)
            throws InterruptedException {
        return switch (route.kind()) {
            case BUNDLES ->
                    batch(
                            term,
                            outbox::bundles,
                            parcels -> {
                                for (var parcel : parcels) {
                                    awaitAll(sendChunks(producer, parcel));
                                }
                            },
                            (tx, parcels) -> parcels.forEach(one -> outbox.sent(tx, one)));
            case DECISIONS ->
                    batch(
                            term,
                            outbox::decisions,
                            batch -> sendAll(producer, batch, this::record),
                            outbox::sentDecisions);
            case DIRECTIVES ->
                    batch(
                            term,
                            tx -> outbox.directives(tx, route.site()),
                            batch -> sendDirectives(producer, batch),
                            outbox::sent);
            case REQUESTS ->
                    batch(
                            term,
                            tx -> outbox.questions(tx, route.site()),
                            batch -> sendAll(producer, batch, this::record),
                            outbox::sentQuestions);
        };
    }

    private interface Send<T> {
        void send(List<T> batch) throws InterruptedException;
    }

    private <T> boolean batch(
            long term, Function<Db.Tx, List<T>> read, Send<T> send, BiConsumer<Db.Tx, List<T>> sent)
            throws InterruptedException {
        var batch = db.call(tx -> maySend(tx, term) ? read.apply(tx) : List.<T>of());
        if (batch.isEmpty() || !leadership.isHeld(term)) {
            return false;
        }
        send.send(batch);
        db.run(tx -> sent.accept(tx, batch));
        return true;
    }

    /** Lets go of what can be sent nowhere, since its topic is gone. */
    void nowhere(long term, RelayRoute route) {
        db.run(tx -> {
            if (maySend(tx, term)) {
                outbox.nowhere(tx, route);
            }
        });
    }

    private boolean maySend(Db.Tx tx, long term) {
        return leadership.isHeld(tx, term) && continuity.holds(tx);
    }

    private static <T> void sendAll(
            Producer<String, byte[]> producer,
            List<T> batch,
            Function<T, ProducerRecord<String, byte[]>> record)
            throws InterruptedException {
        var sent = new ArrayList<Future<?>>();
        batch.forEach(one -> sent.add(producer.send(record.apply(one))));
        awaitAll(sent);
    }

    /**
     * In a transaction whose id belongs to the site: a relay that was paused and wakes up later is
     * fenced by the one that took over, so an old directive cannot follow a newer one. What a
     * producer sends was read after it was made, so it fences nobody who knows more.
     */
    private void sendDirectives(Producer<String, byte[]> producer, List<Outbox.Outgoing> batch)
            throws InterruptedException {
        var sent = new ArrayList<Future<?>>();
        producer.beginTransaction();
        batch.forEach(directive -> sent.add(producer.send(record(directive))));
        producer.flush();
        awaitAll(sent); // tells what is wrong; the commit would only say that something is
        producer.commitTransaction();
    }

    private ProducerRecord<String, byte[]> record(Outbox.Outgoing directive) {
        var payload = directive.payload();
        var kind = payload == null ? "directive.closed" : "directive.issued";
        var id = directive.uid() + "/" + directive.generation();
        var event = CloudEvent.of(id, kind, SOURCE, directive.uid(), clock.instant());
        var value = payload == null ? null : payload.getBytes(StandardCharsets.UTF_8);
        return EventRecords.record(
                Topics.directives(directive.site()), directive.uid(), value, event);
    }

    private ProducerRecord<String, byte[]> record(Outbox.Decision decision) {
        var record =
                new DecisionRecord(
                        decision.stream(),
                        decision.version(),
                        decision.envelope(),
                        Digests.hex(decision.prevHash()),
                        Digests.hex(decision.hash()));
        var id = decision.stream() + "/" + decision.version();
        var event = CloudEvent.of(id, "decision.made", SOURCE, decision.stream(), clock.instant());
        return EventRecords.record(Topics.DECISIONS, decision.stream(), Json.bytes(record), event);
    }

    private ProducerRecord<String, byte[]> record(Outbox.Question question) {
        var event =
                CloudEvent.of(
                        question.id(), "agent.asked", SOURCE, question.uid(), clock.instant());
        var value = question.payload().getBytes(StandardCharsets.UTF_8);
        return EventRecords.record(Topics.requests(question.site()), question.uid(), value, event);
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

    private ProducerRecord<String, byte[]> part(
            String digest, int number, String kind, byte[] value) {
        var key = BundleManifest.key(digest, number);
        var event = CloudEvent.of(key, kind, SOURCE, digest, clock.instant());
        return EventRecords.record(Topics.BUNDLES, key, value, event);
    }

    private static void awaitAll(List<Future<?>> sent) throws InterruptedException {
        for (var future : sent) {
            try {
                future.get();
            } catch (ExecutionException e) {
                throw new KafkaException(String.valueOf(e.getCause()), e);
            }
        }
    }
}
