// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.daemon.discover.ServerDatabase;
import dev.skein.engine.event.DatabaseReport.Kind;
import dev.skein.engine.event.Directive;
import dev.skein.engine.execute.Migrator;
import dev.skein.engine.execute.order.Brake;
import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.order.Limits;
import dev.skein.engine.execute.order.MigrationOrder;
import dev.skein.engine.execute.order.Outcome;
import dev.skein.engine.execute.order.Progress;
import dev.skein.engine.execute.order.Scope;
import dev.skein.engine.journal.Author;
import dev.skein.engine.journal.DatabaseIdentity;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.script.ScriptParser;
import dev.skein.engine.script.Scripts;
import dev.skein.engine.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is said to be held stands still, whatever other agents have begun before. */
class DatabaseHoldTest {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @RegisterExtension final TestDatabase database = new TestDatabase();

    private Outcome up(long generation, Brake brake) {
        var a = ScriptParser.parse("a.sql", "--@ revision: a\n--@ upgrade\nCREATE TABLE a ();\n");
        var b =
                ScriptParser.parse(
                        "b.sql",
                        "--@ revision: b\n--@ revises: a\n--@ upgrade\nCREATE TABLE b ();\n");
        var order =
                new MigrationOrder(
                        database.address(),
                        Scope.at("eu/main"),
                        Scripts.of(List.of(a, b)),
                        new Goal.Upgrade("heads"),
                        new Author("tester", "r", generation),
                        Limits.DEFAULT);
        return new Migrator(database.client(), Clock.systemUTC()).run(order, brake, Progress.NONE);
    }

    private ServerDatabase place() {
        var name = database.address().database();
        return new ServerDatabase(
                "main", name, 1, "7", 15, 1, database.address(), Map.of(), 4, "eu/main");
    }

    private String uid() {
        try (var session = database.open()) {
            return DatabaseIdentity.here(session, "eu/main").uid("");
        }
    }

    private Kind held(long generation) throws InterruptedException {
        return held(uid(), generation);
    }

    private Kind held(String uid, long generation) throws InterruptedException {
        var directive =
                new Directive(
                        uid,
                        generation,
                        Directive.Action.HOLD,
                        "r",
                        "sha256:" + "0".repeat(64),
                        "heads",
                        "tester",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null);
        var story =
                new DatabaseHold(database.client(), Clock.systemUTC(), PATIENCE)
                        .of(directive, place());
        return Objects.requireNonNull(story.answer()).kind();
    }

    private List<String> heads() {
        try (var session = database.open()) {
            return new Journal(session, "").read().orElseThrow().heads();
        }
    }

    @Test
    void aRunThatStoodStillDoesNothingAfterwards() throws Exception {
        var stands = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var asked = new AtomicInteger();
        Brake frozen =
                () -> {
                    if (asked.incrementAndGet() == 2) {
                        stands.countDown();
                        try {
                            goOn.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    }
                    return false;
                };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var run = CompletableFuture.supplyAsync(() -> up(5, frozen), threads);
            assertThat(stands.await(2, TimeUnit.MINUTES)).isTrue();
            assertThat(held(6)).isEqualTo(Kind.HELD);
            var before = heads();
            goOn.countDown();
            assertThat(run.get(2, TimeUnit.MINUTES)).isEqualTo(new Outcome.Superseded(6));
            assertThat(heads()).isEqualTo(before).doesNotContain("b");
        }
    }

    @Test
    void whatIsOlderDoesNotBeginAfterwards() throws InterruptedException {
        assertThat(held(6)).isEqualTo(Kind.HELD);
        assertThat(up(5, Brake.OFF)).isEqualTo(new Outcome.Superseded(6));
        assertThat(heads()).isEmpty();
        assertThat(up(7, Brake.OFF)).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void whoIsLateIsHeldByWhatCameSince() throws InterruptedException {
        assertThat(up(7, Brake.OFF)).isInstanceOf(Outcome.Done.class);
        assertThat(held(6)).isEqualTo(Kind.HELD);
        assertThat(heads()).containsExactly("b");
    }

    /** What has taken its name goes on with its own directives, whatever their numbers are. */
    @Test
    void anotherDatabaseAtItsPlaceIsNotFenced() throws InterruptedException {
        assertThat(up(4, Brake.OFF)).isInstanceOf(Outcome.Done.class);
        var before = database.value("SELECT s::text FROM skein.state s");
        assertThat(held("f".repeat(32), 9)).isEqualTo(Kind.HELD);
        assertThat(database.value("SELECT s::text FROM skein.state s")).isEqualTo(before);
    }

    /** The fence waits for the journal as long as it is patient, and is not there before. */
    @Test
    void whatCouldNotBeFencedIsNotSaidToStandStill() throws Exception {
        assertThat(up(4, Brake.OFF)).isInstanceOf(Outcome.Done.class);
        try (var other = database.open()) {
            other.script("BEGIN; LOCK TABLE skein.state IN SHARE MODE", Duration.ofSeconds(20));
            assertThat(held(6)).isEqualTo(Kind.UNREACHABLE);
            other.script("COMMIT", Duration.ofSeconds(20));
        }
        assertThat(held(6)).isEqualTo(Kind.HELD);
        assertThat(up(5, Brake.OFF)).isEqualTo(new Outcome.Superseded(6));
    }
}
