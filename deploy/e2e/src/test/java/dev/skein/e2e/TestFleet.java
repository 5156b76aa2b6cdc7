// SPDX-License-Identifier: Apache-2.0
package dev.skein.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.agent.cli.Skein;
import dev.skein.agent.cli.common.Output;
import dev.skein.engine.Json;
import dev.skein.engine.execute.TenantHold;
import dev.skein.engine.execute.order.Scope;
import dev.skein.engine.journal.Author;
import dev.skein.engine.journal.Entry;
import dev.skein.engine.journal.EntryBody;
import dev.skein.engine.journal.EntryDraft;
import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.journal.Envelope;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.postgres.Unreachable;
import dev.skein.standalone.stack.LocalStack;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Some databases of a test, and a rollout on them that counts: each of its revisions adds one, so
 * that a revision that ran twice or never shows.
 */
final class TestFleet {
    private static final Duration BOUND = Duration.ofMinutes(2);
    private static final int REVISIONS = 6;

    private final LocalStack stack;
    private final PgClient client;
    private final String prefix;
    private final List<String[]> databases = new ArrayList<>();

    TestFleet(LocalStack stack, PgClient client, String prefix, int perSite) {
        this.stack = stack;
        this.client = client;
        this.prefix = "tenant_" + prefix;
        for (var site : LocalStack.SITES) {
            try (var admin = client.open(stack.address(site, "postgres"), "e2e", Map.of())) {
                for (int n = 1; n <= perSite; n++) {
                    var name = this.prefix + n;
                    admin.script("CREATE DATABASE " + name, BOUND);
                    databases.add(new String[] {site, name});
                }
            }
        }
        await("discovery of " + this.prefix)
                .atMost(Duration.ofMinutes(2))
                .untilAsserted(() ->
                        assertThat(ask("targets", "--select", "name = " + this.prefix + "*"))
                                .hasSize(databases.size()));
    }

    /** Proposes and approves a rollout of revisions that take a while. */
    void begin(Path folder, double seconds) throws IOException {
        propose(folder, seconds);
        assertThat(skein("rollout", "approve", id(), "--profile", "second")).isZero();
    }

    /** Proposes it. */
    void propose(Path folder, double seconds) throws IOException {
        Files.createDirectories(folder);
        for (int n = 1; n <= REVISIONS; n++) {
            Files.writeString(folder.resolve(n + ".sql"), revision(n, seconds));
        }
        var digest = ask("push", folder.toString()).path("digest").asText();
        var file =
                Files.writeString(
                        folder.resolve("rollout.yaml"),
                        """
                        rollout: %s
                        bundle: %s
                        select: name = %s*
                        waves:
                          - { name: canary, take: 1 per site }
                          - { name: rest, take: all, parallel: 6 }
                        """
                                .formatted(id(), digest, prefix));
        assertThat(skein("rollout", "create", file.toString())).isZero();
    }

    private String revision(int n, double seconds) {
        var header =
                "--@ revision: %s%d\n--@ revises: %s\n--@ upgrade\n"
                        .formatted(prefix, n, n == 1 ? "" : prefix + (n - 1));
        return n == 1
                ? header
                        + "CREATE TABLE counter (n int); INSERT INTO counter VALUES (1);\n"
                        + "--@ downgrade\nDROP TABLE counter;"
                : header
                        + "UPDATE counter SET n = n + 1; SELECT pg_sleep(%s);\n".formatted(seconds)
                        + "--@ downgrade\nUPDATE counter SET n = n - 1;";
    }

    String id() {
        return prefix.replace('_', '-');
    }

    private int skein(String... words) {
        return Skein.run(Output.plain(System.out, System.err), words);
    }

    static JsonNode ask(String... words) {
        var results = new ByteArrayOutputStream();
        var all = new ArrayList<>(List.of(words));
        all.add("--json");
        int code =
                Skein.run(
                        Output.plain(
                                new PrintStream(results, true, StandardCharsets.UTF_8), System.err),
                        all.toArray(String[]::new));
        assertThat(code).as(String.join(" ", words)).isZero();
        return Json.read(results.toByteArray(), JsonNode.class);
    }

    JsonNode show() {
        return ask("rollout", "show", id());
    }

    /** Waits until so many databases of the last wave are done and some are being worked on. */
    void awaitMiddle(int done) {
        await("the middle of " + id())
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    var wave = show().path("waves").path(1);
                    return wave.path("succeeded").asInt() >= done && wave.path("open").asInt() > 0;
                });
    }

    void awaitStatus(String status, Duration bound) {
        await(id() + " is " + status)
                .atMost(bound)
                .untilAsserted(() -> assertThat(show().path("status").asText()).isEqualTo(status));
    }

    /** Every server lets somebody in; one that was killed looks through its log first. */
    void awaitServers(Duration bound) {
        for (var server : List.of("control", "eu", "us")) {
            await(server)
                    .atMost(bound)
                    .ignoreExceptionsInstanceOf(Unreachable.class)
                    .until(() -> answers(server));
        }
    }

    private boolean answers(String server) {
        try (var session = client.open(stack.address(server, "postgres"), "e2e", Map.of())) {
            return session.query("SELECT 1").size() == 1;
        }
    }

    /**
     * Lets the next entry of each journal count as sent, so that it never is; then appends some.
     */
    void loseAnEntry() {
        for (var database : databases) {
            var address = stack.address(database[0], database[1]);
            var who = new Author("test", null, null);
            var site = Scope.at(database[0] + "/main");
            try (var hold =
                    TenantHold.of(client, address, site, who, Clock.systemUTC(), uid(address))) {
                hold.session().script("UPDATE skein.relay SET published = published + 1", BOUND);
                for (int n = 0; n < 3; n++) {
                    var heads = hold.state().heads();
                    hold.note(new EntryDraft(heads, "nothing but a note", new EntryBody.Stamped()));
                }
            }
        }
    }

    private String uid(DatabaseAddress address) {
        try (var session = client.open(address, "e2e", Map.of())) {
            return new Journal(session, "").read().orElseThrow().uid();
        }
    }

    /** Nothing ran twice, nothing was lost, and the audit log holds every journal byte for byte. */
    void assertInvariants() {
        for (var database : databases) {
            try (var session =
                    client.open(stack.address(database[0], database[1]), "e2e", Map.of())) {
                var entries = new Journal(session, "").after(0, 1000);
                assertApplied(session, entries, database[1]);
                assertChained(entries);
                await("audit of " + database[1])
                        .atMost(Duration.ofMinutes(2))
                        .untilAsserted(
                                () -> assertThat(audited(entries)).isEqualTo(bytes(entries)));
            }
        }
    }

    private static void assertApplied(PgSession session, List<Entry> entries, String name) {
        var counter = session.query("SELECT n FROM counter").iterator().next().getInteger(0);
        assertThat(counter).as("counter of " + name).isEqualTo(REVISIONS);
        var applied =
                entries.stream()
                        .map(e -> Envelope.parse(e.envelope()))
                        .filter(e -> e.kind() == EntryKind.APPLIED)
                        .map(Envelope::revision)
                        .toList();
        assertThat(applied).doesNotHaveDuplicates().hasSize(REVISIONS);
    }

    private static void assertChained(List<Entry> entries) {
        for (int i = 0; i < entries.size(); i++) {
            assertThat(entries.get(i).seq()).isEqualTo(i + 1);
            assertThat(entries.get(i).isIntact()).isTrue();
            if (i > 0) {
                assertThat(entries.get(i).prevHash()).isEqualTo(entries.get(i - 1).hash());
            }
        }
    }

    private static List<Buffer> bytes(List<Entry> entries) {
        return entries.stream()
                .map(e ->
                        Buffer.buffer(e.envelope())
                                .appendBytes(e.hash())
                                .appendBytes(e.salt())
                                .appendBytes(Objects.requireNonNull(e.body())))
                .toList();
    }

    private List<Buffer> audited(List<Entry> entries) {
        var first = Envelope.parse(entries.getFirst().envelope());
        var source = "db/" + first.uid() + "/" + first.incarnation();
        var found = new ArrayList<Buffer>();
        try (var audit = client.open(stack.address("control", "skein_audit"), "e2e", Map.of())) {
            audit.query(
                            "SELECT e.envelope || e.hash || b.salt || b.body FROM entry e JOIN body"
                                    + " b USING (index) WHERE e.source = $1 ORDER BY e.seq",
                            source)
                    .forEach(row -> found.add(row.getBuffer(0)));
        }
        return found;
    }
}
