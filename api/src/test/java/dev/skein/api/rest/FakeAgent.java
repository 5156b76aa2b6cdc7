// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rest;

import dev.skein.engine.Digests;
import dev.skein.engine.Json;
import dev.skein.engine.backup.Backup;
import dev.skein.engine.event.DatabaseReport;
import dev.skein.engine.event.DecisionRecord;
import dev.skein.engine.event.Directive;
import dev.skein.engine.event.Heartbeat;
import dev.skein.engine.event.JournalRecord;
import dev.skein.engine.event.Reply;
import dev.skein.engine.event.Request;
import dev.skein.engine.event.ResendRequest;
import dev.skein.engine.event.Topics;
import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.journal.Envelope;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Speaks to the api as an agent does, over the real broker. */
final class FakeAgent implements AutoCloseable {
    private final String site;
    private ScheduledExecutorService pulses = Executors.newSingleThreadScheduledExecutor();
    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final KafkaConsumer<String, byte[]> asked;
    private final KafkaConsumer<String, byte[]> decided;
    private final List<DecisionRecord> decisions = new ArrayList<>();
    private final Map<String, Directive> open = new HashMap<>();
    private final List<Request> requests = new ArrayList<>();
    private final Map<String, Long> seqs = new HashMap<>();
    private final Map<String, List<String>> servers = new ConcurrentHashMap<>();
    private volatile List<Heartbeat.Attempt> attempts = List.of();

    FakeAgent(String bootstrap, String site) {
        this.site = site;
        Map<String, Object> settings =
                Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed");
        producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        consumer = reader(settings, Topics.directives(site));
        asked = reader(settings, Topics.requests(site));
        decided = reader(settings, Topics.DECISIONS);
    }

    private static KafkaConsumer<String, byte[]> reader(
            Map<String, Object> settings, String topic) {
        var reader =
                new KafkaConsumer<>(
                        settings, new StringDeserializer(), new ByteArrayDeserializer());
        var partitions =
                IntStream.range(0, Topics.PARTITIONS)
                        .mapToObj(p -> new TopicPartition(topic, p))
                        .toList();
        reader.assign(partitions);
        reader.seekToBeginning(partitions);
        return reader;
    }

    /** What was asked of one kind about a database, after reading what came. */
    List<Request> requests(String name, Class<? extends Request.Ask> kind) {
        asked.poll(Duration.ofMillis(200))
                .forEach(record -> requests.add(Json.read(record.value(), Request.class)));
        return requests.stream()
                .filter(r -> r.uid().equals(uid(name)) && kind.isInstance(r.ask()))
                .toList();
    }

    void reply(Request request, @Nullable String problem, Reply.@Nullable Told told) {
        var reply =
                new Reply(request.id(), request.uid(), site + "-1", Instant.now(), problem, told);
        send(Topics.REPLIES, request.uid(), reply);
    }

    /** Takes the backup that a directive asks for, as far as the journal shows. */
    Backup save(Directive d) {
        long seq = seqs.getOrDefault(d.uid(), 0L);
        var content = (d.uid() + seq).getBytes(StandardCharsets.UTF_8);
        var backup =
                new Backup(
                        d.uid(),
                        "db",
                        d.rollout(),
                        Objects.requireNonNull(d.backup()),
                        "i1",
                        seq,
                        List.of(),
                        Instant.now(),
                        15,
                        15,
                        "x.dump",
                        1000,
                        Digests.hex(Digests.sha256(content)),
                        "1-15-x",
                        "shape",
                        List.of(),
                        5,
                        100,
                        null,
                        null);
        journal(d, EntryKind.BACKED_UP, List.of(), null, Json.text(backup));
        return backup;
    }

    void restored(Directive directive) {
        journal(directive, EntryKind.RESTORED, List.of(), null, "{}");
    }

    static String uid(String name) {
        return Digests.hex(Digests.sha256(name.getBytes(StandardCharsets.UTF_8))).substring(0, 32);
    }

    void beat() {
        beat("1", 15, List.of(15));
    }

    /**
     * One of the site's agents is alive from now on, by a clock that is an hour behind, and tells
     * of which servers it can take backups.
     */
    void beat(String which, int newest, @Nullable List<Integer> saves) {
        var id = site + "-" + which;
        var started = Instant.now().minus(Duration.ofHours(1));
        Runnable once =
                () -> {
                    var at = Instant.now().minus(Duration.ofHours(1));
                    send(
                            Topics.AGENTS,
                            id,
                            new Heartbeat(
                                    id,
                                    site,
                                    started,
                                    3,
                                    0,
                                    newest,
                                    at,
                                    saves,
                                    attempts,
                                    servers.get(which),
                                    null));
                };
        once.run();
        var _ = pulses.scheduleAtFixedRate(once, 1, 1, TimeUnit.SECONDS);
    }

    /** What one of the site's agents tells of itself in its next signs of life. */
    void at(List<Heartbeat.Attempt> now) {
        attempts = List.copyOf(now);
    }

    /** Whose databases an agent looks after. */
    void servers(String which, String... names) {
        servers.put(which, List.of(names));
    }

    /** None of its agents is alive any more. */
    void fallSilent() {
        pulses.shutdownNow();
        pulses.close();
        pulses = Executors.newSingleThreadScheduledExecutor();
    }

    void report(String name, DatabaseReport.@Nullable Answer answer) {
        var uid = uid(name);
        send(
                Topics.INVENTORY,
                uid,
                new DatabaseReport(
                        uid,
                        site,
                        "main",
                        name,
                        site + "-1",
                        List.of(),
                        "i1",
                        seqs.getOrDefault(uid, 0L),
                        null,
                        0,
                        "1-15-x",
                        null,
                        1000,
                        15,
                        Map.of("tier", "free"),
                        null,
                        answer,
                        Instant.now()));
    }

    /** Answers for a database that is not there. */
    void absent(String name, DatabaseReport.Answer answer) {
        var uid = uid(name);
        var report = DatabaseReport.absent(uid, site, site + "-1", answer, Instant.now());
        send(Topics.INVENTORY, uid, report);
    }

    /** A journal entry as no agent of ours writes it. */
    void envelope(String uid, String incarnation, List<String> heads) {
        envelope(uid, incarnation, heads, null);
    }

    /** The same, on behalf of a directive. */
    void envelope(String uid, String incarnation, List<String> heads, @Nullable Long generation) {
        var envelope =
                new Envelope(
                        1,
                        uid,
                        incarnation,
                        1000,
                        EntryKind.APPLIED,
                        heads,
                        "ann",
                        "",
                        "00",
                        null,
                        null,
                        null,
                        generation,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null);
        var zeros = "0".repeat(64);
        send(
                Topics.JOURNAL,
                uid,
                new JournalRecord(
                        uid,
                        incarnation,
                        1000,
                        envelope.bytes(),
                        new byte[16],
                        new byte[0],
                        zeros,
                        zeros));
    }

    /** Any text, as an inventory's record. */
    void text(String text) {
        text(Topics.INVENTORY, text);
    }

    /** Any text, as a record of a topic. */
    void text(String topic, String text) {
        send(new ProducerRecord<>(topic, "x", text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Records that no agent of ours writes. */
    void nonsense() {
        for (var topic : List.of(Topics.JOURNAL, Topics.INVENTORY, Topics.AGENTS)) {
            send(topic, "x", List.of("nonsense"));
            send(topic, "x", Map.of());
        }
        var bare =
                Map.of(
                        "uid",
                        uid("x"),
                        "incarnation",
                        "i",
                        "seq",
                        1,
                        "envelope",
                        "e30=",
                        "salt",
                        "",
                        "prevHash",
                        "0".repeat(64),
                        "hash",
                        "0".repeat(64));
        send(Topics.JOURNAL, "x", bare);
    }

    /** The open directives, after reading what came. */
    Map<String, Directive> directives() {
        consumer.poll(Duration.ofMillis(200))
                .forEach(record -> {
                    if (record.value() == null) {
                        open.remove(record.key());
                    } else {
                        open.put(record.key(), Json.read(record.value(), Directive.class));
                    }
                });
        return open;
    }

    void succeed(Directive directive) {
        var back = directive.takeBack();
        var heads =
                back == null ? List.of("b") : back.contains("a") ? List.<String>of() : List.of("a");
        journal(directive, EntryKind.OBSERVED, heads, null, "");
    }

    void succeed(Directive directive, List<String> heads) {
        journal(directive, EntryKind.OBSERVED, heads, null, "");
    }

    /** A step, after which nothing is heard. */
    void reach(Directive directive, List<String> heads) {
        journal(directive, EntryKind.APPLIED, heads, null, "");
    }

    /** The beginning of what goes in parts: some of it may stand. */
    void begin(Directive directive) {
        journal(directive, EntryKind.INTENT, List.of(), null, "");
    }

    void fail(Directive directive, String signature) {
        journal(directive, EntryKind.FAILED, List.of(), signature, "it broke");
    }

    private void journal(
            Directive d,
            EntryKind kind,
            List<String> heads,
            @Nullable String signature,
            String body) {
        long seq = seqs.merge(d.uid(), 1L, Long::sum);
        var envelope =
                new Envelope(
                        1,
                        d.uid(),
                        "i1",
                        seq,
                        kind,
                        heads,
                        "ann",
                        Instant.now().toString(),
                        "00",
                        null,
                        null,
                        d.rollout(),
                        d.generation(),
                        null,
                        null,
                        "1-15-y",
                        12L,
                        null,
                        signature);
        var zeros = "0".repeat(64);
        var record =
                new JournalRecord(
                        d.uid(),
                        "i1",
                        seq,
                        envelope.bytes(),
                        new byte[16],
                        body.getBytes(StandardCharsets.UTF_8),
                        zeros,
                        zeros);
        send(Topics.JOURNAL, d.uid(), record);
    }

    /** The numbers of a stream's decisions as they were published, in order. */
    List<Long> published(String stream) {
        decided.poll(Duration.ofMillis(200))
                .forEach(r -> decisions.add(Json.read(r.value(), DecisionRecord.class)));
        return decisions.stream()
                .filter(d -> d.stream().equals(stream))
                .map(DecisionRecord::seq)
                .toList();
    }

    /** Asks for decisions as the audit service does. */
    void recall(String stream, long from) {
        send(Topics.RECALLS, stream, new ResendRequest(stream, from));
    }

    private void send(String topic, String key, Object value) {
        send(new ProducerRecord<>(topic, key, Json.bytes(value)));
    }

    private void send(ProducerRecord<String, byte[]> record) {
        var sent = producer.send(record);
        try {
            sent.get();
        } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        fallSilent();
        pulses.close();
        producer.close();
        consumer.close();
        asked.close();
        decided.close();
    }
}
