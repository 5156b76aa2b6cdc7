// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogDifference;
import dev.skein.engine.catalog.CatalogReader;
import dev.skein.engine.ddl.text.DdlStatement;
import dev.skein.engine.nontransactional.NonTransactionalForms;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.scratch.ScratchDatabase;
import dev.skein.engine.scratch.ScratchServer;
import dev.skein.engine.server.FolderTrees;
import dev.skein.engine.server.PostgresPrograms;
import dev.skein.engine.testing.PackagedJar;
import dev.skein.engine.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was generated on the newest server leads there on an older one, too. */
@Execution(ExecutionMode.CONCURRENT)
@EnabledOnOs(
        value = OS.LINUX,
        architectures = "amd64",
        disabledReason = "the packaged programs are for this platform")
class OlderServersTest {
    private static final Duration BOUND = Duration.ofMinutes(2);
    private static final int SAMPLE = 15;
    private static PgClient client = PgClient.create();
    private static Path home = Path.of("unset");
    private static ScratchServer older =
            ScratchServer.startTrusted(client, TestServer.get().programs());
    private static ScratchServer newest = older;

    @BeforeAll
    static void start() throws IOException {
        home = Files.createTempDirectory("skein-newest");
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        newest =
                ScratchServer.startTrusted(
                        client, PostgresPrograms.unpack(PackagedJar.path(), home));
        assumeTrue(older.major() < newest.major(), "no older server");
    }

    @AfterAll
    static void stop() throws IOException {
        older.close();
        newest.close();
        client.close();
        FolderTrees.delete(home);
    }

    /** Those about foreign keys, and some of the others; or those that -Dskein.test.pairs names. */
    static Stream<Pair> pairs() {
        var all = DdlTest.pairs().toList();
        var named = !Set.of("0", "1", "2").contains(System.getProperty("skein.test.pairs", "0"));
        return IntStream.range(0, all.size())
                .filter(i -> named || i % SAMPLE == 0 || isOfKeys(all.get(i)))
                .mapToObj(all::get);
    }

    private static boolean isOfKeys(Pair pair) {
        return pair.change().contains("REFERENCES") && pair.before().contains("PARTITION BY");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pairs")
    void leadsThereAndBack(Pair pair) {
        try (var there = newest.database();
                var database = older.database()) {
            there.run(pair.before(), BOUND);
            database.run(pair.before(), BOUND);
            var old = read(there);
            var oldHere = read(database);
            try (var copy = database.copy()) {
                there.run(pair.change(), BOUND);
                copy.run(pair.change(), BOUND);
                var now = read(there);
                lead(database, Ddl.between(old, now, true), read(copy));
                lead(copy, Ddl.between(now, old, true), oldHere);
            }
        }
    }

    private static void lead(ScratchDatabase database, List<DdlStatement> statements, Catalog to) {
        ChangePart.of(statements).forEach(part -> run(database, part));
        assertThat(CatalogDifference.between(read(database), to))
                .as(String.join(";\n", statements.stream().map(DdlStatement::sql).toList()))
                .isEmpty();
    }

    private static void run(ScratchDatabase database, ChangePart part) {
        var sql = part.statements().stream().map(DdlStatement::sql).toList();
        if (part.transactional()) {
            var all = "SET LOCAL check_function_bodies = off;" + String.join(";\n", sql);
            database.run(all, BOUND);
            return;
        }
        for (var one : sql) {
            try (var session = database.open()) {
                NonTransactionalForms.run(session, one, BOUND);
            }
        }
    }

    private static Catalog read(ScratchDatabase database) {
        try (var session = database.open()) {
            return CatalogReader.readWithNeeds(session);
        }
    }
}
