// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.skein.api.store.Continuity;
import dev.skein.api.store.LeaderStore;
import dev.skein.api.testing.OnApiDatabase;
import dev.skein.broker.BrokerProcess;
import dev.skein.engine.event.Topics;
import dev.skein.engine.testing.ContainerCondition;
import dev.skein.engine.testing.Containers;
import dev.skein.service.database.Db;
import dev.skein.service.testing.MadeTopics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Relays on one database and one broker: who sends what, whatever is broken or frozen. */
@ExtendWith(ContainerCondition.class)
class RelayTest extends OnApiDatabase {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final RelayRoute GONE = new RelayRoute(RelayRoute.Kind.DIRECTIVES, "gone");
    private static final Duration SHORT_LEASE = Duration.ofMillis(700);

    private static @Nullable BrokerProcess broker;
    private static String bootstrap = "";

    private final List<Relay> relays = new ArrayList<>();

    @BeforeAll
    static void kafka() throws Exception {
        if (Containers.areWanted()) {
            bootstrap = Containers.kafka();
        } else {
            var data = Files.createTempDirectory("skein-broker");
            Files.writeString( // as stock brokers are: who writes to a topic makes it
                    data.resolve("server.properties"),
                    """
                    auto.create.topics.enable=true
                    authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
                    allow.everyone.if.no.acl.found=true
                    """);
            broker =
                    BrokerProcess.start(
                            Path.of(System.getProperty("skein.root"), "deploy/broker/target"),
                            data);
            bootstrap = broker.bootstrap();
        }
    }

    @AfterAll
    static void end() {
        if (broker != null) {
            broker.close();
            broker = null;
        }
    }

    private static Map<String, Object> settings() {
        return Map.of("bootstrap.servers", bootstrap);
    }

    @BeforeEach
    void prepare() throws Exception {
        migrate("heads");
        database.run("UPDATE continuity SET good_until = 'infinity'");
        for (var topic :
                List.of(Topics.DECISIONS, Topics.directives("us"), Topics.requests("us"))) {
            delete(topic);
            create(topic);
        }
        delete(Topics.directives("eu"));
        delete(Topics.directives("gone"));
    }

    @AfterEach
    void closeRelays() throws InterruptedException {
        for (var relay : relays) {
            relay.close();
        }
    }

    private static void delete(String topic) throws Exception {
        try (var admin = Admin.create(settings())) {
            admin.deleteTopics(List.of(topic)).all().get();
            await().atMost(LONG).until(() -> !admin.listTopics().names().get().contains(topic));
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
        }
    }

    private static void create(String topic) throws Exception {
        try (var admin = Admin.create(settings())) {
            MadeTopics.make(admin, List.of(new NewTopic(topic, 1, (short) 1)));
        }
    }

    private Relay relay(Leadership leadership) {
        var outbox = new Outbox(Duration.ofMinutes(10), List.of("eu", "us"), System::nanoTime);
        var batches = new RelayBatches(db, outbox, leadership, new Continuity(), Clock.systemUTC());
        var relay =
                new Relay(
                        db,
                        outbox,
                        new RelaySignal(),
                        new RelayProducers(settings()),
                        leadership,
                        batches);
        relays.add(relay);
        return relay;
    }

    private void directive(String uid, String site, int generation) {
        database.run(
                """
                INSERT INTO directive (uid, site, rollout, generation, payload)
                VALUES ('%1$s', '%2$s', 'r', %3$d, 'directive %3$d')
                ON CONFLICT (uid) DO UPDATE SET generation = excluded.generation,
                    payload = excluded.payload, published = false\
                """
                        .formatted(uid, site, generation));
    }

    private void decision(int version, String at) {
        database.run(
                """
                INSERT INTO stream_head (stream, version, hash) VALUES ('rollout/r', %1$d, decode(repeat('00', 32), 'hex'))
                    ON CONFLICT (stream) DO UPDATE SET version = excluded.version;
                INSERT INTO event (stream, version, type, envelope, prev_hash, hash, actor, at)
                VALUES ('rollout/r', %1$d, 't', '{}', decode(repeat('00', 32), 'hex'), decode(repeat('00', 32), 'hex'), 'ann', '%2$s')\
                """
                        .formatted(version, at));
    }

    private String unsent() {
        return database.value(
                """
                SELECT (SELECT count(*) FROM directive WHERE NOT published AND site = 'us')
                    + (SELECT count(*) FROM event WHERE NOT published)
                    + (SELECT count(*) FROM request WHERE NOT published AND site = 'us')\
                """);
    }

    /** Everything that was committed to a topic's only partition. */
    private static List<String> read(String topic) {
        var settings =
                Map.<String, Object>of(
                        "bootstrap.servers", bootstrap, "isolation.level", "read_committed");
        var texts = new ArrayList<String>();
        try (var consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            var partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(r -> texts.add(r.value()));
            }
        }
        return texts;
    }

    @Test
    void aTopicThatIsGoneHoldsNobodyElse() throws Exception {
        directive("a", "eu", 1);
        directive("b", "us", 1);
        decision(1, "2026-11-28 10:00:00Z");
        database.run(
                """
                INSERT INTO request (id, site, uid, rollout, kind, payload)
                VALUES ('1', 'eu', 'a', 'r', 'scan', '{}'), ('2', 'us', 'b', 'r', 'scan', '{}')\
                """);
        var relay = relay(new Leadership(db, new LeaderStore()));
        await().atMost(Duration.ofMinutes(2))
                .until(() -> {
                    relay.round();
                    return unsent().equals("0");
                });
        assertThat(read(Topics.directives("us"))).containsExactly("directive 1");
        var eu = new RelayRoute(RelayRoute.Kind.DIRECTIVES, "eu");
        await().atMost(LONG).until(() -> relay.failing().containsKey(eu));
        assertThat(relay.unsent())
                .filteredOn(one -> one.route().equals("directives.eu"))
                .singleElement()
                .satisfies(one -> assertThat(one.tries()).isPositive())
                .satisfies(one -> assertThat(one.reason()).contains("skein.directives.eu"));
        directive("b", "us", 2);
        await().atMost(Duration.ofMinutes(2))
                .until(() -> {
                    relay.round();
                    return unsent().equals("0");
                });
        create(Topics.directives("eu"));
        await().atMost(LONG)
                .until(() -> {
                    relay.round();
                    return read(Topics.directives("eu")).equals(List.of("directive 1"));
                });
        await().atMost(LONG).until(() -> !relay.failing().containsKey(eu));
    }

    @Test
    void whoDoesNotSendTellsWhoDoes() {
        var first = new Leadership(db, new LeaderStore());
        var second = new Leadership(db, new LeaderStore());
        first.renew();
        assertThat(db.call(first::other)).isEmpty();
        assertThat(db.call(second::other))
                .hasValueSatisfying(who ->
                        assertThat(who).startsWith(String.valueOf(ProcessHandle.current().pid())));
        first.resign();
        assertThat(db.call(second::other)).isEmpty();
    }

    @Test
    void whatEndsNothingSinceItsSiteIsGoneIsNotSentForEver() {
        directive("a", "eu", 1); // of a site that there is: its topic is made again
        directive("g", "gone", 1);
        directive("h", "gone", 1);
        database.run("UPDATE directive SET payload = NULL WHERE uid IN ('a', 'g')");
        var relay = relay(new Leadership(db, new LeaderStore()));
        var waiting = "SELECT string_agg(uid, ',' ORDER BY uid) FROM directive WHERE NOT published";
        await().atMost(LONG)
                .until(() -> {
                    relay.round();
                    return database.value(waiting).equals("a,h");
                });
        database.run("UPDATE directive SET payload = NULL WHERE uid = 'h'");
        await().atMost(LONG)
                .until(() -> {
                    relay.round();
                    return database.value(waiting).equals("a");
                });
        await().atMost(LONG)
                .until(() -> {
                    relay.round();
                    return !relay.failing().containsKey(GONE);
                });
    }

    /** A directive of a site that is not in the settings any more, which was closed. */
    private void closedAtSiteThatIsGone() {
        directive("g", "gone", 1);
        database.run("UPDATE directive SET payload = NULL WHERE uid = 'g'");
    }

    private void expectIsNotSent(Relay relay) {
        await().atMost(LONG)
                .until(() -> {
                    relay.round();
                    return relay.failing().containsKey(GONE);
                });
        assertThat(isSent()).isFalse();
    }

    private boolean isSent() {
        return database.value("SELECT published FROM directive WHERE uid = 'g'").equals("true");
    }

    private void awaitSent(Relay relay) {
        await().atMost(LONG)
                .until(() -> {
                    relay.round();
                    return isSent();
                });
    }

    /** Who may not see a topic is told so from now on, or sees it again. */
    private static void hide(Admin admin, String topic, boolean hidden) throws Exception {
        var rule =
                new AclBinding(
                        new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
                        new AccessControlEntry(
                                "User:ANONYMOUS", "*", AclOperation.ALL, AclPermissionType.DENY));
        if (hidden) {
            admin.createAcls(List.of(rule)).all().get();
        } else {
            admin.deleteAcls(List.of(rule.toFilter())).all().get();
        }
        await().atMost(LONG).until(() -> isSeen(admin, topic) != hidden);
    }

    private static boolean isSeen(Admin admin, String topic) throws Exception {
        try {
            admin.describeTopics(List.of(topic)).allTopicNames().get();
            return true;
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(TopicAuthorizationException.class);
            return false;
        }
    }

    @Test
    void aTopicThatMayNotBeSeenIsNotTakenForOneThatIsGone() throws Exception {
        assumeThat(Containers.areWanted()).as("that broker asks for no rights").isFalse();
        var topic = Topics.directives("gone");
        create(topic);
        closedAtSiteThatIsGone();
        var relay = relay(new Leadership(db, new LeaderStore()));
        try (var admin = Admin.create(settings())) {
            hide(admin, topic, true);
            try {
                expectIsNotSent(relay);
            } finally {
                hide(admin, topic, false);
            }
        }
        awaitSent(relay);
        await().atMost(LONG).until(relay::isIdle);
        assertThat(read(topic)).hasSize(1).containsOnlyNulls();
    }

    @Test
    void whileNothingMayBeSentNothingIsTakenForSent() {
        closedAtSiteThatIsGone();
        database.run("UPDATE continuity SET stopped_at = now(), found = 'another cluster'");
        var relay = relay(new Leadership(db, new LeaderStore()));
        expectIsNotSent(relay);
        database.run("UPDATE continuity SET stopped_at = NULL, found = NULL");
        awaitSent(relay);
    }

    @Test
    void whatIsClosedIsSentAgainToATopicThatIsAnotherOne() throws Exception {
        closedAtSiteThatIsGone();
        var relay = relay(new Leadership(db, new LeaderStore()));
        awaitSent(relay);
        var outbox = new Outbox(Duration.ofMinutes(10), List.of("gone"), System::nanoTime);
        db.run(tx -> outbox.again(tx, Topics.directives("us")));
        assertThat(isSent()).isTrue();
        create(Topics.directives("gone"));
        db.run(tx -> outbox.again(tx, Topics.directives("gone")));
        assertThat(isSent()).isFalse();
        awaitSent(relay);
        db.run(outbox::again);
        assertThat(isSent()).as("whatever the settings name").isFalse();
        awaitSent(relay);
        await().atMost(LONG).until(relay::isIdle);
        assertThat(read(Topics.directives("gone"))).hasSize(2).containsOnlyNulls();
    }

    /** Stops before it sends its first batch, until it is told to go on. */
    private final class Freezing extends Leadership {
        final CountDownLatch frozen = new CountDownLatch(1);
        final CountDownLatch thaw = new CountDownLatch(1);
        private final boolean believes;

        Freezing(boolean believes) {
            super(db, new LeaderStore(), SHORT_LEASE, System::nanoTime);
            this.believes = believes;
        }

        /** One with the lease of every relay. */
        Freezing() {
            super(db, new LeaderStore());
            this.believes = false;
        }

        @Override
        public boolean isHeld(long ofTerm) {
            frozen.countDown();
            awaitQuietly(thaw);
            return believes || super.isHeld(ofTerm);
        }
    }

    private void expectOnlyTheNewOneSends(Freezing frozen) throws Exception {
        var old = relay(frozen);
        directive("b", "us", 1);
        old.round();
        assertThat(frozen.frozen.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        directive("b", "us", 2);
        var other = relay(new Leadership(db, new LeaderStore(), SHORT_LEASE, System::nanoTime));
        other.round();
        assertThat(database.value("SELECT published FROM directive")).isEqualTo("false");
        await().atMost(Duration.ofMinutes(2))
                .until(() -> {
                    other.round();
                    return read(Topics.directives("us")).equals(List.of("directive 2"));
                });
        frozen.thaw.countDown();
        await().atMost(LONG)
                .until(() -> {
                    other.round();
                    return old.isIdle();
                });
        assertThat(read(Topics.directives("us"))).containsExactly("directive 2");
    }

    @Test
    void aFrozenLeaderIsReplacedAndSendsNothingWhenItGoesOn() throws Exception {
        expectOnlyTheNewOneSends(new Freezing(false));
    }

    /** Another one is there, and the frozen one goes on in the end. */
    private void expectSentWithinTenSecondsOf(long since, CountDownLatch thaw) throws Exception {
        var loop = relay(new Leadership(db, new LeaderStore())).loop();
        var other = Thread.ofPlatform().start(loop);
        try {
            await().atMost(LONG)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> unsent().equals("0"));
            assertThat(Duration.ofNanos(System.nanoTime() - since))
                    .as("from the frozen leader to what the next one has sent")
                    .isLessThan(Duration.ofSeconds(10));
        } finally {
            loop.stop();
            other.join();
            thaw.countDown();
        }
    }

    @Test
    void aLeaderThatFrozeWhereItHoldsLocksHoldsNobodyUpEither() throws Exception {
        directive("b", "us", 1);
        var pool = pool(options());
        var frozen = new Db("frozen", pool);
        assertThat(new Leadership(frozen, new LeaderStore()).renew()).isPositive();
        var locked = new CountDownLatch(1);
        var thaw = new CountDownLatch(1);
        var old =
                CompletableFuture.runAsync(() ->
                        frozen.run(tx -> {
                            tx.query("SELECT FROM leader FOR UPDATE");
                            tx.query("UPDATE directive SET payload = 'frozen'");
                            locked.countDown();
                            awaitQuietly(thaw);
                        }));
        locked.await();
        expectSentWithinTenSecondsOf(System.nanoTime(), thaw);
        assertThat(old).failsWithin(LONG);
        assertThat(read(Topics.directives("us"))).containsExactly("directive 1");
        db.await(pool.close());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void anotherOneSendsWithinTenSecondsOfTheMomentAtWhichTheLeaderFroze() throws Exception {
        var frozen = new Freezing();
        var old = relay(frozen);
        directive("b", "us", 1);
        old.round();
        assertThat(frozen.frozen.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        long since = System.nanoTime();
        directive("b", "us", 2);
        expectSentWithinTenSecondsOf(since, frozen.thaw);
        await().atMost(LONG).until(old::isIdle);
        assertThat(read(Topics.directives("us"))).containsExactly("directive 2");
    }

    @Test
    void aLeaderThatDoesNotKnowThatItLostItsLeaseIsFenced() throws Exception {
        expectOnlyTheNewOneSends(new Freezing(true));
    }

    @Test
    void whoResignsIsFollowedAtOnceAndWhoRenewsStays() throws Exception {
        var one = new Leadership(db, new LeaderStore());
        var two = new Leadership(db, new LeaderStore());
        assertThat(one.renew()).isEqualTo(1);
        assertThat(two.renew()).isEqualTo(Leadership.NONE);
        assertThat(one.renew()).isEqualTo(1);
        one.resign();
        assertThat(two.renew()).isEqualTo(2);
        assertThat(one.renew()).isEqualTo(Leadership.NONE);
    }

    @Test
    void decisionsOfAStreamKeepTheirOrderWhateverTheClocks() {
        decision(1, "2026-11-28 12:00:00Z");
        decision(2, "2026-11-28 10:00:00Z");
        decision(3, "2026-11-28 11:00:00Z");
        var relay = relay(new Leadership(db, new LeaderStore()));
        await().atMost(LONG)
                .until(() -> {
                    relay.round();
                    return unsent().equals("0");
                });
        assertThat(read(Topics.DECISIONS))
                .extracting(text -> text.replaceAll(".*\"seq\":(\\d+).*", "$1"))
                .containsExactly("1", "2", "3");
    }
}
