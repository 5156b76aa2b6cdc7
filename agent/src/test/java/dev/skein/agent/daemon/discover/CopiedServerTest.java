// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.discover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skein.engine.execute.JournalAdoption;
import dev.skein.engine.execute.Migrator;
import dev.skein.engine.execute.order.Brake;
import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.order.Limits;
import dev.skein.engine.execute.order.MigrationOrder;
import dev.skein.engine.execute.order.Outcome;
import dev.skein.engine.execute.order.Progress;
import dev.skein.engine.execute.order.Scope;
import dev.skein.engine.journal.Author;
import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.journal.Envelope;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.script.ScriptParser;
import dev.skein.engine.script.Scripts;
import dev.skein.engine.server.FolderTrees;
import dev.skein.engine.server.PostgresServer;
import dev.skein.engine.testing.TestServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two servers with the same number: a copy of the files, and a standby that took over. */
class CopiedServerTest {
    private static final Duration BOUND = Duration.ofMinutes(2);
    private static final Map<String, String> FAST = Map.of("fsync", "off", "wal_level", "replica");
    private static final Author AUTHOR = new Author("tester", null, null);

    private final SchemaScans scans =
            new SchemaScans((print, catalog, failed) -> {}, new SimpleMeterRegistry());
    private Path home = Path.of("unset");

    @BeforeEach
    void folder() throws IOException {
        home = Files.createTempDirectory("skein-copies");
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterEach
    void clean() throws IOException {
        FolderTrees.delete(home);
    }

    private PostgresServer start(String name) {
        return PostgresServer.start(
                TestServer.get().programs(),
                home.resolve(name),
                TestServer.freePort(),
                "pw",
                FAST,
                home.resolve(name + ".log"));
    }

    /** A copy of a stopped server's files, with their owner. */
    private void copy(String from, String to) throws IOException, InterruptedException {
        var cp =
                new ProcessBuilder(
                                "cp",
                                "-a",
                                home.resolve(from).toString(),
                                home.resolve(to).toString())
                        .inheritIO()
                        .start();
        assertThat(cp.waitFor()).isZero();
    }

    private static Outcome up(PgClient client, PostgresServer server, String... ids) {
        var parent = new StringBuilder();
        var scripts =
                List.of(ids).stream()
                        .map(id -> {
                            var text =
                                    "--@ revision: %s\n--@ revises: %s\n--@ upgrade\nCREATE TABLE %1$s ();\n"
                                            .formatted(id, parent);
                            parent.replace(0, parent.length(), id);
                            return ScriptParser.parse(id + ".sql", text);
                        })
                        .toList();
        var order =
                new MigrationOrder(
                        server.address("postgres"),
                        Scope.DATABASE,
                        Scripts.of(scripts),
                        new Goal.Upgrade("heads"),
                        AUTHOR,
                        Limits.DEFAULT);
        return new Migrator(client, Clock.systemUTC()).run(order, Brake.OFF, Progress.NONE);
    }

    private DatabaseLook look(PgClient client, PostgresServer server, String name, String site) {
        try (var session = client.open(server.address("postgres"), "test", Map.of())) {
            var row =
                    session.query(
                                    """
                                    SELECT (SELECT system_identifier::text FROM pg_control_system()),
                                        oid::bigint FROM pg_database WHERE datname = 'postgres'
                                    """)
                            .iterator()
                            .next();
            var place =
                    new ServerDatabase(
                            name,
                            "postgres",
                            row.getLong(1),
                            row.getString(0),
                            15,
                            1,
                            server.address("postgres"),
                            Map.of(),
                            4,
                            site + "/" + name);
            return LookReading.over(session, place, scans);
        }
    }

    private static DatabaseLooks kept(DatabaseLook... looks) {
        var kept = new DatabaseLooks();
        List.of(looks).forEach(kept::keep);
        return kept;
    }

    @Test
    void aCopyOfTheFilesIsATwinUntilItIsAdopted() throws IOException, InterruptedException {
        try (var client = PgClient.create()) {
            try (var first = start("one")) {
                assertThat(up(client, first, "a")).isInstanceOf(Outcome.Done.class);
            }
            copy("one", "two");
            try (var one = start("one");
                    var two = start("two")) {
                var original = look(client, one, "main", "eu");
                var copy = look(client, two, "copy", "eu");
                assertThat(copy.uid()).isEqualTo(original.uid());
                assertThat(kept(original, copy).all()).hasSize(2).allMatch(DatabaseLook::isTwin);
                // An agent of another site sees no twin, and the same uid.
                assertThat(look(client, two, "main", "us").uid()).isEqualTo(original.uid());
                JournalAdoption.run(
                        client,
                        two.address("postgres"),
                        Scope.DATABASE,
                        AUTHOR,
                        new JournalAdoption.Claim(JournalAdoption.Reason.CLONE, true, null),
                        Clock.systemUTC());
                var apart = kept(original, look(client, two, "copy", "eu"));
                assertThat(apart.all()).hasSize(2).allMatch(look -> look.problem() == null);
                assertThat(up(client, two, "a", "b")).isInstanceOf(Outcome.Done.class);
                assertThat(up(client, one, "a", "b")).isInstanceOf(Outcome.Done.class);
            }
        }
    }

    /** What the standby never got is lost; what follows goes by another name than that did. */
    @Test
    void aStandbyThatTookOverWithoutTheLastEntriesGoesOnWhenSomebodySaysSo()
            throws IOException, InterruptedException {
        try (var client = PgClient.create()) {
            try (var first = start("one")) {
                assertThat(up(client, first, "a")).isInstanceOf(Outcome.Done.class);
            }
            copy("one", "two");
            Files.createFile(home.resolve("two").resolve("standby.signal"));
            JournalState lost;
            try (var one = start("one")) {
                assertThat(up(client, one, "a", "b")).isInstanceOf(Outcome.Done.class);
                lost = state(client, one);
            }
            try (var two = start("two")) {
                promote(client, two);
                assertThat(state(client, two).seq()).isLessThan(lost.seq());
                JournalAdoption.run(
                        client,
                        two.address("postgres"),
                        Scope.DATABASE,
                        AUTHOR,
                        new JournalAdoption.Claim(JournalAdoption.Reason.REWOUND, false, null),
                        Clock.systemUTC());
                assertThat(up(client, two, "a", "b")).isInstanceOf(Outcome.Done.class);
                var now = state(client, two);
                assertThat(now.uid()).isEqualTo(lost.uid());
                assertThat(now.heads()).containsExactly("b");
                assertThat(now.incarnation()).isNotEqualTo(lost.incarnation());
                assertThat(again(client, two, lost)).as("numbers that were given before").isEmpty();
            }
        }
    }

    private JournalState state(PgClient client, PostgresServer server) {
        return Objects.requireNonNull(look(client, server, "main", "eu").state());
    }

    /** Entries since the fail-over that count as some that were lost. */
    private static List<Long> again(PgClient client, PostgresServer server, JournalState lost) {
        try (var session = client.open(server.address("postgres"), "test", Map.of())) {
            var said = new Journal(session, "").envelopes();
            var adopted = said.stream().filter(e -> e.kind() == EntryKind.ADOPTED).findFirst();
            return said.stream()
                    .filter(e -> e.seq() >= adopted.orElseThrow().seq())
                    .filter(e -> e.incarnation().equals(lost.incarnation()))
                    .map(Envelope::seq)
                    .toList();
        }
    }

    private static void promote(PgClient client, PostgresServer server) {
        try (var session = client.open(server.address("postgres"), "test", Map.of())) {
            session.script("SELECT pg_promote()", BOUND);
            await().atMost(BOUND)
                    .until(() ->
                            value(session, "SELECT pg_is_in_recovery()::text").equals("false"));
            session.script("CHECKPOINT", BOUND); // the control file has the timeline then
        }
    }

    @Test
    void aStandbyThatTookOverIsTheDatabaseThatItWas() throws IOException, InterruptedException {
        try (var client = PgClient.create()) {
            try (var first = start("one")) {
                assertThat(up(client, first, "a")).isInstanceOf(Outcome.Done.class);
            }
            copy("one", "two");
            Files.createFile(home.resolve("two").resolve("standby.signal"));
            var looks = new DatabaseLooks();
            try (var two = start("two")) {
                try (var one = start("one")) {
                    looks.keep(look(client, one, "main", "eu"));
                }
                promote(client, two);
                try (var session = client.open(two.address("postgres"), "test", Map.of())) {
                    assertThat(
                                    value(
                                            session,
                                            "SELECT timeline_id::text FROM"
                                                    + " pg_control_checkpoint()"))
                            .isEqualTo("2");
                }
                var before = looks.all().iterator().next();
                looks.keep(look(client, two, "main", "eu")); // under the same name
                assertThat(looks.all())
                        .singleElement()
                        .matches(look -> look.problem() == null && look.uid().equals(before.uid()));
                assertThat(up(client, two, "a", "b")).isInstanceOf(Outcome.Done.class);
                var after = Objects.requireNonNull(look(client, two, "main", "eu").state());
                assertThat(after.incarnation())
                        .isEqualTo(Objects.requireNonNull(before.state()).incarnation());
            }
        }
    }

    private static String value(PgSession session, String sql) {
        return session.script(sql, BOUND).iterator().next().getString(0);
    }
}
