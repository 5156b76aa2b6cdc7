// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogDifference;
import dev.skein.engine.catalog.CatalogReader;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.scratch.ScratchDatabase;
import dev.skein.engine.scratch.ScratchServer;
import dev.skein.engine.testing.TestServer;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each schema of the pairs, written by pg_dump and read again, is the same schema. */
@Execution(ExecutionMode.CONCURRENT)
class DumpTest {
    private static final Duration BOUND = Duration.ofMinutes(2);
    private static PgClient client = PgClient.create();
    private static ScratchServer server =
            ScratchServer.startTrusted(client, TestServer.get().programs());

    @BeforeAll
    static void start() {
        assumeTrue(
                Files.isExecutable(TestServer.get().programs().bin().resolve("pg_dump")),
                "this server was packaged without pg_dump, and no older one reads it");
        assertThat(server.major()).isPositive();
    }

    @AfterAll
    static void stop() {
        server.close();
        client.close();
    }

    static Stream<Pair> pairs() {
        return Pair.ofRun(0).stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pairs")
    void aRestoredSchemaIsTheSame(Pair pair) throws Exception {
        var bin = TestServer.get().programs().bin();
        try (var database = server.database();
                var copy = server.database()) {
            for (var sql : List.of(pair.before(), pair.change())) {
                if (!sql.isEmpty()) {
                    database.run(sql, BOUND);
                }
            }
            var dump = program(database, bin.resolve("pg_dump").toString(), "-s");
            var restore =
                    program(copy, bin.resolve("psql").toString(), "-qXv", "ON_ERROR_STOP=1")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            for (var process : ProcessBuilder.startPipeline(List.of(dump, restore))) {
                assertThat(process.waitFor()).isZero();
            }
            assertThat(CatalogDifference.between(read(database), read(copy)))
                    .filteredOn(d -> d.id().kind() != ObjectKind.CONSTRAINT_TRIGGER) // in no dump
                    .filteredOn(d -> !isInvalidOnceRestored(pair, d))
                    .isEmpty();
        }
    }

    /** Restored, such an index waits for a part that a foreign partition can never have. */
    private static boolean isInvalidOnceRestored(Pair pair, CatalogDifference difference) {
        return pair.toString().contains("foreign partition")
                && difference.id().kind() == ObjectKind.INDEX
                && difference.attributes().equals(Set.of("validity"));
    }

    private static ProcessBuilder program(ScratchDatabase database, String... command) {
        var address = database.address();
        var words = new ArrayList<>(List.of(command));
        words.add("--dbname=" + address.url());
        var builder = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("PGPASSWORD", String.valueOf(address.password()));
        return builder;
    }

    private static Catalog read(ScratchDatabase database) {
        try (var session = database.open()) {
            return CatalogReader.read(session);
        }
    }
}
