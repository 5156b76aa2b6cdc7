// SPDX-License-Identifier: Apache-2.0

import dev.skein.audit.config.AuditConfig;
import dev.skein.audit.config.AuditSchema;
import dev.skein.audit.log.AuditLog;
import dev.skein.audit.log.LogProofs;
import dev.skein.audit.log.LogReads;
import dev.skein.audit.log.LogSearch;
import dev.skein.audit.log.LogUpkeep;
import dev.skein.audit.log.ReceivedEntry;
import dev.skein.audit.log.SignedCheckpoints;
import dev.skein.engine.Digests;
import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.journal.Envelope;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.PooledConnections;
import dev.skein.engine.proof.NoteKey;
import dev.skein.service.database.Db;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Fills a log with ten years of a fleet: 10,000 databases, a rollout every 20,000 entries, one in a
 * hundred entries by one of fifty people and the others by one account, times a little out of order. Then
 * asks it, within the bounds that people who read have.
 */
final class LogBench {
    private static final int DATABASES = 10_000;
    private static final int ROLLOUT = 20_000;
    private static final int PEOPLE = 50;
    private static final int BATCH = 4000;
    private static final int BODY = 300;
    private static final Instant BEGIN = Instant.parse("2016-11-30T00:00:00Z");
    private static final Duration YEARS = Duration.ofDays(3652);

    private final Random random = new Random(1);
    private final Map<String, byte[]> last = new HashMap<>();
    private final Map<String, Long> counts = new HashMap<>();
    private final long entries;
    private final Db db;
    private final SignedCheckpoints checkpoints;
    private final int questions;

    private LogBench(long entries, Db db, Path folder, int questions) {
        this.entries = entries;
        this.db = db;
        this.checkpoints = new SignedCheckpoints(new Settings(folder), NoteKey.create("bench"));
        this.questions = questions;
    }

    public static void main(String[] args) throws Exception {
        var vertx = Vertx.vertx();
        var options = PgConnectOptions.fromUri(args[1]);
        var pool = PooledConnections.pool(vertx, new PoolOptions().setMaxSize(10), List.of(options));
        try (var client = PgClient.create()) {
            AuditSchema.apply(client, DatabaseAddress.parse(args[1]));
        }
        var log = new LogBench(Long.parseLong(args[0]), new Db("bench", pool), Path.of(args[2]), Integer.parseInt(args[3]));
        log.fill();
        log.ask();
        System.exit(0);
    }

    private static String uid(int database) {
        return "%032x".formatted(database + 1);
    }

    private static String rollout(long index) {
        return "rollout-" + index / ROLLOUT;
    }

    private Instant at(long index) {
        long late = random.nextInt(1000) == 0 ? random.nextLong(86_400 * 3) : random.nextLong(600);
        return BEGIN.plusSeconds((long) ((double) index / entries * YEARS.toSeconds()) - late);
    }

    private void fill() throws Exception {
        var upkeep = new LogUpkeep(db);
        upkeep.makeRoom();
        var beside = Thread.ofVirtual().start(upkeep.loop());
        var log = new AuditLog();
        long began = System.nanoTime();
        var next = CompletableFuture.supplyAsync(() -> batch(0));
        for (long from = 0; from < entries; from += BATCH) {
            var batch = next.get();
            long behind = from + BATCH;
            next = CompletableFuture.supplyAsync(() -> batch(behind));
            db.run(tx -> log.append(tx, batch, bytes -> batch.getFirst()));
            if (from / BATCH % 20 == 0) {
                db.call(checkpoints::sign);
            }
        }
        db.call(checkpoints::sign);
        double took = (System.nanoTime() - began) / 1e9;
        long size = db.call(tx -> tx.query("SELECT pg_database_size(current_database())").iterator().next().getLong(0));
        System.out.printf("%,d entries, %d bytes a body: appended in %.0f s (%,.0f a second), %.1f GB%n", entries, BODY, took, entries / took, size / 1e9);
        while (db.call(tx -> tx.query("SELECT count(*) FROM entry_span").iterator().next().getLong(0)) < entries / 65_536) {
            Thread.sleep(100);
        }
        upkeep.loop().stop();
        beside.join();
    }

    private List<ReceivedEntry> batch(long from) {
        var batch = new ArrayList<ReceivedEntry>();
        for (long index = from; index < Math.min(entries, from + BATCH); index++) {
            var uid = uid(random.nextInt(DATABASES));
            long seq = counts.merge(uid, 1L, Long::sum);
            var salt = new byte[16];
            var body = new byte[BODY];
            random.nextBytes(salt);
            random.nextBytes(body);
            var actor = random.nextInt(100) == 0 ? "person-" + random.nextInt(PEOPLE) : "conductor";
            var revision = "%012x".formatted(index / ROLLOUT);
            var envelope =
                    new Envelope(1, uid, "0000000000000001", seq, EntryKind.APPLIED, List.of(revision), actor, at(index).toString(),
                                    Digests.hex(Digests.sha256(salt, body)), revision, "0".repeat(64), rollout(index), 1L, null, null,
                                    null, 12L, null, null);
            var bytes = envelope.bytes();
            var prev = last.getOrDefault(uid, new byte[32]);
            var hash = Digests.sha256(prev, bytes);
            last.put(uid, hash);
            batch.add(new ReceivedEntry("db/" + uid + "/0000000000000001", seq, bytes, prev, hash, salt, body, bytes));
        }
        return batch;
    }

    private void ask() {
        var reads = new LogReads(db, 10);
        var search = new LogSearch();
        var proofs = new LogProofs(search, checkpoints);
        measure("inclusion proof", n -> reads.call(tx -> proofs.entry(tx, random.nextLong(entries))));
        measure("consistency proof", n -> reads.call(tx -> proofs.growth(tx, 1 + random.nextLong(entries), null)));
        search(reads, search, "by database", false, n -> wanted(uid(random.nextInt(DATABASES)), null, null, null));
        search(reads, search, "by rollout", false, n -> wanted(null, rollout(random.nextLong(entries)), null, null));
        search(reads, search, "by actor", false, n -> wanted(null, null, null, "person-" + random.nextInt(PEOPLE)));
        search(reads, search, "by database, a month", true, n -> wanted(uid(random.nextInt(DATABASES)), null, null, null));
        search(reads, search, "by rollout, a month", true, n -> wanted(null, rollout(random.nextLong(entries)), null, null));
        search(reads, search, "by actor, a month", true, n -> wanted(null, null, null, "person-" + random.nextInt(PEOPLE)));
        search(reads, search, "by the busiest actor, a month", true, n -> wanted(null, null, null, "conductor"));
        search(reads, search, "by revision, a month", true, n -> wanted(null, null, "%012x".formatted(random.nextLong(entries) / ROLLOUT), null));
        search(reads, search, "a month", true, n -> wanted(null, null, null, null));
        search(reads, search, "by an unknown database", false, n -> wanted("f" + uid(n).substring(1), null, null, null));
    }

    private interface Question {
        LogSearch.Wanted of(int n);
    }

    private static LogSearch.Wanted wanted(String uid, String rollout, String revision, String actor) {
        return new LogSearch.Wanted(uid, rollout, revision, actor, null, null, null, null);
    }

    private void search(LogReads reads, LogSearch search, String what, boolean month, Question question) {
        measure("search " + what, n -> {
            var w = question.of(n);
            var since = BEGIN.plusSeconds(random.nextLong(YEARS.toSeconds())).truncatedTo(ChronoUnit.DAYS).atOffset(ZoneOffset.UTC);
            var wanted = month ? new LogSearch.Wanted(w.database(), w.rollout(), w.revision(), w.actor(), null, since, since.plusDays(30), null) : w;
            reads.call(tx -> search.newest(tx, wanted, Long.MAX_VALUE, 51));
        });
    }

    private void measure(String what, Consumer<Integer> asked) {
        for (int n = 0; n < questions / 5; n++) {
            asked.accept(n);
        }
        var took = new double[questions];
        for (int n = 0; n < questions; n++) {
            long began = System.nanoTime();
            asked.accept(n);
            took[n] = (System.nanoTime() - began) / 1e6;
        }
        Arrays.sort(took);
        System.out.printf("  %-40s p50 %6.1f ms   p99 %6.1f ms   most %6.1f ms%n", what, took[questions / 2], took[questions * 99 / 100], took[questions - 1]);
    }

    /** Settings of a log whose files are in a folder. */
    private record Settings(Path folder) implements AuditConfig {
        @Override
        public String databaseUrl() {
            return "";
        }

        @Override
        public Optional<String> databasePassword() {
            return Optional.empty();
        }

        @Override
        public Optional<String> ownerUrl() {
            return Optional.empty();
        }

        @Override
        public Optional<String> ownerPassword() {
            return Optional.empty();
        }

        @Override
        public Optional<String> instance() {
            return Optional.empty();
        }

        @Override
        public String origin() {
            return "bench";
        }

        @Override
        public Optional<Duration> keepFindings() {
            return Optional.empty();
        }

        @Override
        public Optional<Duration> keepLetters() {
            return Optional.empty();
        }

        @Override
        public Path key() {
            return folder.resolve("audit.key");
        }

        @Override
        public Optional<Path> lastNote() {
            return Optional.empty();
        }

        @Override
        public Duration resendAfter() {
            return Duration.ofSeconds(30);
        }

        @Override
        public Optional<String> apiUrl() {
            return Optional.empty();
        }
    }
}
