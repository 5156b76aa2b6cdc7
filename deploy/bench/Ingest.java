// SPDX-License-Identifier: Apache-2.0

import dev.skein.engine.Digests;
import dev.skein.engine.Json;
import dev.skein.engine.event.JournalRecord;
import dev.skein.engine.event.Topics;
import dev.skein.engine.journal.Entry;
import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.journal.Envelope;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.PgSession;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Sends journal entries of 1,000 databases and waits until the audit service has committed them;
 * then copies the same rows into tables like its own with COPY.
 */
final class Ingest {
    private static final Duration QUERY_TIMEOUT = Duration.ofMinutes(10);
    private static final int SOURCES = 1000;
    private static final int BODY = 300;

    public static void main(String[] args) throws Exception {
        int entries = Integer.parseInt(args[0]);
        var database = DatabaseAddress.parse(args[2]).withPassword(args[3]);
        try (var client = PgClient.create();
                var session = client.open(database, "bench", Map.of())) {
            long before = size(session);
            var records = records(entries);
            long began = System.nanoTime();
            send(args[1], records);
            double sent = since(began);
            double late = 0; // when three quarters were in: what sends and who reads beside it are done then
            for (long now = size(session); now < before + entries; now = size(session)) {
                late = now < before + entries / 4 * 3 ? since(began) : late;
                Thread.sleep(20);
            }
            double ingested = since(began);
            double raw = copy(session, database, before);
            System.out.printf(
                    "%,d entries of %d sources, %d bytes a body: sent in %.1f s, committed in %.1f s (%,.0f a second%s);"
                            + " COPY of the same rows into tables like them %.1f s (%,.0f a second); ratio %.1f%n",
                    entries, SOURCES, BODY, sent, ingested, entries / ingested, late == 0 ? "" : ", the last quarter %,.0f".formatted(entries / 4 / (ingested - late)), raw, entries / raw, ingested / raw);
        }
    }

    private static long size(PgSession session) {
        return session.query("SELECT size FROM log_state").iterator().next().getLong(0);
    }

    private static double since(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    /** A thousand chains, their entries in random order among each other. */
    private static List<ProducerRecord<String, byte[]>> records(int entries) {
        var random = new Random(System.nanoTime());
        var run = "%016x".formatted(random.nextLong());
        var last = new HashMap<String, byte[]>();
        var counts = new HashMap<String, Long>();
        var records = new java.util.ArrayList<ProducerRecord<String, byte[]>>(entries);
        for (int i = 0; i < entries; i++) {
            var uid = Digests.hex(Digests.sha256((run + random.nextInt(SOURCES)).getBytes())).substring(0, 32);
            long seq = counts.merge(uid, 1L, Long::sum);
            var salt = new byte[16];
            var body = new byte[BODY];
            random.nextBytes(salt);
            random.nextBytes(body);
            var envelope =
                    new Envelope(1, uid, run, seq, EntryKind.APPLIED, List.of("b108"), "ann", "2026-11-23T06:53:56.695953Z",
                                    Digests.hex(Digests.sha256(salt, body)), "b108", "0".repeat(64), "bench", 1L, null, null, null,
                                    12L, null, null)
                            .bytes();
            var prev = last.getOrDefault(uid, new byte[32]);
            var hash = Digests.sha256(prev, envelope);
            last.put(uid, hash);
            var record = JournalRecord.of(uid, new Entry(seq, run, envelope, salt, body, prev, hash));
            records.add(new ProducerRecord<>(Topics.JOURNAL, uid, Json.bytes(record)));
        }
        return records;
    }

    private static void send(String kafka, List<ProducerRecord<String, byte[]>> records) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", kafka, "linger.ms", 5, "batch.size", 256 * 1024, "enable.idempotence", true);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            records.forEach(producer::send);
            producer.flush();
        }
    }

    /** The time that COPY takes from files for the same rows, with the same indexes. */
    private static double copy(PgSession session, DatabaseAddress database, long from) throws Exception {
        var folder = java.nio.file.Files.createTempDirectory("skein-ingest");
        for (var table : List.of("entry", "body", "facet")) {
            session.script("DROP TABLE IF EXISTS raw_" + table + "; CREATE TABLE raw_" + table + " (LIKE " + table + " INCLUDING ALL)", QUERY_TIMEOUT);
            psql(database, "\\copy (SELECT * FROM %s WHERE index >= %d) TO '%s' (FORMAT binary)".formatted(table, from, folder.resolve(table)));
        }
        long began = System.nanoTime();
        for (var table : List.of("entry", "body", "facet")) {
            psql(database, "\\copy raw_%s FROM '%s' (FORMAT binary)".formatted(table, folder.resolve(table)));
        }
        double took = since(began);
        for (var table : List.of("entry", "body", "facet")) {
            session.script("DROP TABLE raw_" + table, QUERY_TIMEOUT);
            java.nio.file.Files.delete(folder.resolve(table));
        }
        java.nio.file.Files.delete(folder);
        return took;
    }

    private static void psql(DatabaseAddress database, String command) throws Exception {
        var builder = new ProcessBuilder("psql", "-q", "-d", database.url(), "-c", command).inheritIO();
        builder.environment().put("PGPASSWORD", String.valueOf(database.password()));
        if (builder.start().waitFor() != 0) {
            throw new IllegalStateException(command);
        }
    }
}
