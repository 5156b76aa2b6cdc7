// SPDX-License-Identifier: Apache-2.0
import dev.skein.engine.catalog.CatalogReader;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.scratch.PostgresPrograms;
import dev.skein.engine.scratch.ScratchServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads, hashes and stamps a schema of 300 tables, in turns with pg_dump -s of the same. */
class CatalogBench {
    private static final int ROUNDS = 15;
    private static final Duration QUERY_TIMEOUT = Duration.ofMinutes(1);
    private static final List<String> TYPES =
            List.of(
                    "varchar(80)",
                    "integer NOT NULL DEFAULT 0",
                    "numeric(12,2)",
                    "timestamptz",
                    "boolean",
                    "text",
                    "bigint",
                    "date",
                    "uuid",
                    "varchar(20)");

    interface Work {
        void run() throws Exception;
    }

    public static void main(String[] words) throws Exception {
        var programs = PostgresPrograms.find(Optional.empty(), Path.of(words[0]));
        try (var client = PgClient.create();
                var server = ScratchServer.startTrusted(client, programs);
                var database = server.database()) {
            database.run(schema(), QUERY_TIMEOUT);
            var dump =
                    new ProcessBuilder(
                            programs.bin().resolve("pg_dump").toString(),
                            "-s",
                            "-f",
                            "/dev/null",
                            database.address().url());
            dump.environment().put("PGPASSWORD", String.valueOf(database.address().password()));
            Map<String, Work> works = new java.util.LinkedHashMap<>();
            works.put(
                    "pg_dump -s",
                    () -> {
                        if (dump.inheritIO().start().waitFor() != 0) {
                            throw new IllegalStateException("pg_dump failed");
                        }
                    });
            works.put("read", () -> in(database.open(), CatalogReader::read));
            works.put("hash", () -> in(database.open(), CatalogReader::fingerprint));
            works.put("stamp", () -> in(database.open(), CatalogReader::stamp));
            try (var open = database.open()) {
                works.put("read, connected", () -> CatalogReader.read(open));
                works.put("hash, connected", () -> CatalogReader.fingerprint(open));
                works.put("stamp, connected", () -> CatalogReader.stamp(open));
                report(works);
            }
        }
    }

    private static void in(PgSession session, java.util.function.Consumer<PgSession> work) {
        try (session) {
            work.accept(session);
        }
    }

    /** A connection of its own for each, as pg_dump has; the median of the rounds, in turns. */
    private static void report(Map<String, Work> works) throws Exception {
        Map<String, List<Double>> times = new java.util.LinkedHashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (var work : works.entrySet()) {
                long began = System.nanoTime();
                work.getValue().run();
                times.computeIfAbsent(work.getKey(), w -> new ArrayList<>())
                        .add((System.nanoTime() - began) / 1e6);
            }
        }
        double dump = median(times.get("pg_dump -s"));
        times.forEach((name, all) ->
                System.out.printf(
                        "%-17s %6.1f ms  %.2f of pg_dump -s%n",
                        name, median(all), median(all) / dump));
    }

    private static double median(List<Double> times) {
        Collections.sort(times);
        return times.get(times.size() / 2);
    }

    private static String schema() {
        var sql = new StringBuilder();
        for (int table = 0; table < 300; table++) {
            sql.append("CREATE TABLE t")
                    .append(table)
                    .append(" (id bigint PRIMARY KEY, parent bigint");
            for (int column = 0; column < TYPES.size(); column++) {
                sql.append(", c").append(column).append(' ').append(TYPES.get(column));
            }
            sql.append(");\nCREATE INDEX ON t")
                    .append(table)
                    .append(" (c0, c1);\nCREATE INDEX ON t")
                    .append(table)
                    .append(" (c3);\n");
        }
        for (int table = 0; table < 300; table++) {
            sql.append(
                    "ALTER TABLE t%d ADD FOREIGN KEY (parent) REFERENCES t%d;%n"
                            .formatted(table, table / 3));
        }
        return sql.toString();
    }
}
