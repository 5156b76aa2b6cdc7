// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.server.PostgresPrograms;
import dev.skein.engine.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScratchServerTest {
    private static final Duration BOUND = Duration.ofSeconds(10);

    @Test
    void databasesAreQuickToMakeAndToCopy() {
        try (var client = PgClient.create();
                var server = ScratchServer.start(client, TestServer.get().programs());
                var first = server.database()) {
            first.run("CREATE TABLE t (id int)", BOUND);
            long began = System.nanoTime();
            try (var copy = first.copy()) {
                copy.run("INSERT INTO t VALUES (1)", BOUND);
                assertThat(rows(copy)).isEqualTo(1);
            }
            // The aim is 150 ms; a busy machine must not fail it.
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(BOUND);
            assertThat(rows(first)).isZero();
        }
    }

    @Test
    void rolesThatAreMentionedAreMadeAndWhatFailsLeavesNothing() {
        try (var client = PgClient.create();
                var server = ScratchServer.start(client, TestServer.get().programs());
                var database = server.database()) {
            database.run(
                    "CREATE TABLE t (id int); GRANT SELECT ON t TO reader, \"Odd Name\"", BOUND);
            assertThatThrownBy(() -> database.run("CREATE TABLE u (id int); SELECT 1/0", BOUND))
                    .isInstanceOf(PgServerError.class)
                    .hasMessageContaining("division by zero");
            database.run("CREATE TABLE u (id int)", BOUND);
        }
    }

    @Test
    void itEndsWithTheProgramThatStartedItEvenIfThatIsKilled() throws Exception {
        var command =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Owner.class.getName(),
                        TestServer.get().programs().bin().toString());
        var owner = command.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        var told = owner.inputReader().readLine();
        assertThat(told).isNotNull();
        var words = told.split(" ", 2);
        var server = ProcessHandle.of(Long.parseLong(words[0]));
        assertThat(server).isPresent();
        assertThat(Path.of(words[1])).isDirectory();
        owner.destroyForcibly().waitFor(); // kill -9
        await().atMost(Duration.ofMinutes(2)).until(() -> !server.get().isAlive());
        await().atMost(BOUND).until(() -> Files.notExists(Path.of(words[1]).getParent()));
    }

    @Test
    void somebodyElsesServerIsUsedAndLeftAsItWas() {
        var elsewhere = TestServer.get().address("postgres");
        try (var client = PgClient.create()) {
            var lost = "skein_scratch_0123abcd_7";
            var like = "skein_scratch_20240115_1"; // the same form, and somebody's
            try (var session = client.open(elsewhere, "test", Map.of())) {
                session.script("CREATE DATABASE " + lost, BOUND);
                session.script(
                        "COMMENT ON DATABASE " + lost + " IS '" + ScratchServer.MARK + "'", BOUND);
                session.script("CREATE DATABASE " + like, BOUND);
            }
            try (var server = ScratchServer.at(client, elsewhere);
                    var beside = ScratchServer.at(client, elsewhere);
                    var first = server.database()) {
                assertThat(server.major()).isEqualTo(TestServer.get().programs().major());
                first.run("CREATE TABLE t (id int); GRANT SELECT ON t TO reader_x", BOUND);
                try (var copy = first.copy();
                        var other = beside.database()) {
                    copy.run("INSERT INTO t VALUES (1)", BOUND);
                    other.run("CREATE TABLE t ()", BOUND);
                    assertThat(rows(copy)).isEqualTo(1);
                    assertThat(databases(client)).contains(like).doesNotContain(lost);
                }
            }
            try (var session = client.open(elsewhere, "test", Map.of())) {
                session.script("DROP DATABASE " + like, BOUND);
            }
            assertThat(databases(client)).doesNotContain("scratch_").doesNotContain("reader_x");
        }
    }

    private static String databases(PgClient client) {
        var sql =
                "SELECT string_agg(name, ' ') FROM (SELECT datname AS name FROM pg_database UNION"
                        + " SELECT rolname FROM pg_roles) AS all_names";
        try (var session = client.open(TestServer.get().address("postgres"), "test", Map.of())) {
            return session.query(sql).iterator().next().getString(0);
        }
    }

    private static long rows(ScratchDatabase database) {
        try (var session = database.open()) {
            return session.query("SELECT count(*) FROM t").iterator().next().getLong(0);
        }
    }

    /** A program that starts a scratch server, tells where, and waits for its own end. */
    static final class Owner {
        private Owner() {}

        public static void main(String[] words) throws IOException, InterruptedException {
            Optional<PostgresPrograms> programs = PostgresPrograms.at(Path.of(words[0]));
            var server = ScratchServer.start(PgClient.create(), programs.orElseThrow());
            var host = (OwnHost) server.host();
            var folder = host.data();
            if (!Files.isDirectory(folder)) {
                throw new IOException("no data in " + folder);
            }
            System.out.println(host.process().pid() + " " + folder);
            Thread.sleep(Duration.ofMinutes(2)); // it is killed long before
        }
    }
}
