// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.relay;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.daemon.config.AgentConfig;
import dev.skein.agent.daemon.discover.ServerDatabase;
import dev.skein.agent.daemon.kafka.AgentKafka;
import dev.skein.broker.BrokerProcess;
import dev.skein.engine.Json;
import dev.skein.engine.event.JournalRecord;
import dev.skein.engine.event.Topics;
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
import dev.skein.engine.journal.Envelope;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.script.ScriptParser;
import dev.skein.engine.script.Scripts;
import dev.skein.engine.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What of a journal comes into Kafka. */
class JournalRelayTest {
    private static final Author AUTHOR = new Author("tester", null, null);

    @RegisterExtension final TestDatabase database = new TestDatabase();

    private final Vertx vertx = Vertx.vertx();
    private @Nullable BrokerProcess broker;
    private Map<String, Object> kafka = Map.of();

    @BeforeEach
    void kafka() throws Exception {
        var home = Path.of(System.getProperty("skein.root")).resolve("deploy/broker/target");
        broker = BrokerProcess.start(home, Files.createTempDirectory("skein-broker"));
        kafka = Map.of("bootstrap.servers", broker.bootstrap());
        try (var admin = Admin.create(kafka)) {
            admin.createTopics(List.of(new NewTopic(Topics.JOURNAL, 1, (short) 1))).all().get();
        }
    }

    @AfterEach
    void end() throws Exception {
        if (broker != null) {
            broker.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    private static AgentConfig config() {
        var settings = Map.of("skein.agent.id", "a1", "skein.agent.site", "eu");
        return new SmallRyeConfigBuilder()
                .withMapping(AgentConfig.class)
                .withConverter(Duration.class, 100, text -> Duration.ofSeconds(5))
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(AgentConfig.class);
    }

    private void up(String id) {
        up(id, "");
    }

    private void up(String id, String more) {
        var text = "--@ revision: %1$s\n--@ upgrade\nCREATE TABLE %1$s ();\n%2$s";
        text = text.formatted(id, more);
        var order =
                new MigrationOrder(
                        database.address(),
                        Scope.DATABASE,
                        Scripts.of(List.of(ScriptParser.parse(id + ".sql", text))),
                        new Goal.Upgrade("heads"),
                        AUTHOR,
                        Limits.DEFAULT);
        var outcome =
                new Migrator(database.client(), Clock.systemUTC())
                        .run(order, Brake.OFF, Progress.NONE);
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
    }

    private ServerDatabase place() {
        var name = database.address().database();
        return new ServerDatabase(
                "main", name, 1, "7", 15, 1, database.address(), Map.of(), 4, "eu/main");
    }

    private List<String> journal() {
        try (var session = database.open()) {
            return new Journal(session, "")
                    .envelopes().stream().map(JournalRelayTest::inWords).toList();
        }
    }

    private static String inWords(Envelope says) {
        return says.uid() + " " + says.seq() + " " + says.kind().wire();
    }

    /** What is in the topic, from an offset to its end. */
    private static List<String> told(AgentKafka wire, long from) {
        var part = new TopicPartition(Topics.JOURNAL, 0);
        var told = new ArrayList<String>();
        try (var consumer = wire.consumer(Map.of())) {
            consumer.assign(List.of(part));
            consumer.seek(part, from);
            long end = requireNonNull(consumer.endOffsets(List.of(part)).get(part));
            while (consumer.position(part) < end) {
                for (var record : consumer.poll(Duration.ofSeconds(1))) {
                    var entry = Json.read(record.value(), JournalRecord.class).entry();
                    told.add(inWords(Envelope.parse(entry.envelope())));
                }
            }
        }
        return told;
    }

    /** A body that no record can hold stays in the tenant's journal; its entry and the rest go. */
    @Test
    void anEntryTooLargeForARecordKeepsNoneOfTheOthersBack() {
        up("a", "COMMENT ON TABLE a IS '%s';\n".formatted("x".repeat(3 << 20)));
        var wire = new AgentKafka(kafka, () -> {});
        var relay = new JournalRelay(wire, vertx, config(), new SimpleMeterRegistry());
        relay.relay(place(), false);
        var told = told(wire, 0);
        assertThat(told).isEqualTo(journal()).anyMatch(entry -> entry.endsWith(" applied"));
        relay.resend(place(), 1);
        assertThat(told(wire, told.size())).isEqualTo(told);
        wire.close();
    }

    @Test
    void aCopyTellsNothingOfTheHistoryThatItWasCopiedWith() {
        up("a");
        var copied = journal();
        JournalAdoption.run(
                database.client(),
                database.address(),
                Scope.DATABASE,
                AUTHOR,
                new JournalAdoption.Claim(JournalAdoption.Reason.CLONE, true, null),
                Clock.systemUTC());
        database.run("TRUNCATE skein.relay; INSERT INTO skein.relay VALUES ('', 0)");
        var wire = new AgentKafka(kafka, () -> {});
        var relay = new JournalRelay(wire, vertx, config(), new SimpleMeterRegistry());
        relay.relay(place(), false);
        var own = journal().subList(copied.size(), journal().size());
        var told = told(wire, 0);
        assertThat(told).isEqualTo(own).singleElement().asString().endsWith(" adopted");
        relay.resend(place(), 1);
        assertThat(told(wire, told.size())).as("asked for all of it again").isEqualTo(own);
        wire.close();
    }
}
