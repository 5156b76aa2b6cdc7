// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.discover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skein.agent.daemon.config.AgentConfig;
import dev.skein.agent.daemon.kafka.OwnedPartitions;
import dev.skein.engine.embed.Migrations;
import dev.skein.engine.event.Topics;
import dev.skein.engine.execute.JournalAdoption;
import dev.skein.engine.execute.order.Scope;
import dev.skein.engine.journal.Author;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.testing.SilentProxy;
import dev.skein.engine.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class DatabaseInventoryTest {
    /** Whatever was looked into is due at once, as far as the pace goes. */
    private static final Duration EVERY = Duration.ZERO;

    private static final int MANY = 12;

    /** How many databases are looked into at a time. */
    private static final int AT_ONCE = 8;

    private static final Duration LONGEST = Duration.ofHours(1);

    @RegisterExtension final TestDatabase database = new TestDatabase();
    @TempDir private Path secrets;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private OwnedPartitions owned = owning(partition -> true);
    private LookPace pace = new LookPace(1, LONGEST, System.nanoTime());

    /** What an agent sees whose server has the databases of this test. */
    private DatabaseInventory inventory() throws IOException {
        return inventory(EVERY, System::nanoTime);
    }

    private DatabaseInventory inventory(Duration every, LongSupplier nanos) throws IOException {
        return inventory(every, nanos, database.address());
    }

    private DatabaseInventory inventory(Duration every, LongSupplier nanos, DatabaseAddress there)
            throws IOException {
        var file = secrets.resolve("password");
        Files.writeString(file, String.valueOf(database.address().password()));
        var server = "skein.agent.servers.main.";
        var own = database.address().database();
        var config =
                new SmallRyeConfigBuilder()
                        .withMapping(AgentConfig.class)
                        .withDefaultValue("skein.agent.id", "a")
                        .withDefaultValue("skein.agent.site", "eu")
                        .withDefaultValue("skein.agent.discover-every", "PT5S")
                        .withDefaultValue("skein.agent.look-every", every.toString())
                        .withDefaultValue("skein.agent.patience", "PT60S")
                        .withDefaultValue("skein.agent.keep-bundles", "P30D")
                        .withDefaultValue("skein.agent.cache", secrets.toString())
                        .withDefaultValue(server + "url", there.withDatabase("postgres").toString())
                        .withDefaultValue(server + "password", "file:" + file)
                        .withDefaultValue(
                                server + "databases", own.substring(0, own.indexOf('_')) + "_*")
                        .withDefaultValue(server + "parallel", "4")
                        .build()
                        .getConfigMapping(AgentConfig.class);
        var scans = new SchemaScans((print, catalog, failed) -> {}, registry);
        return new DatabaseInventory(config, owned, database.client(), nanos, scans, pace);
    }

    /** What a round looked into, or tried to. */
    private static List<DatabaseLook> refreshed(DatabaseInventory inventory)
            throws InterruptedException {
        inventory.changed();
        inventory.refresh(LONGEST);
        return inventory.changed().stream().map(uid -> inventory.find(uid).orElseThrow()).toList();
    }

    private static OwnedPartitions owning(IntPredicate partitions) {
        var owned = new OwnedPartitions();
        owned.assigned(IntStream.range(0, Topics.PARTITIONS).filter(partitions).boxed().toList());
        return owned;
    }

    private static String uid(DatabaseInventory inventory, String name) {
        return inventory.all().stream()
                .filter(look -> look.place().name().equals(name))
                .findFirst()
                .orElseThrow()
                .uid();
    }

    @Test
    void oneMadeAMomentAgoIsFoundWhereItIsAskedAbout() throws Exception {
        var inventory = inventory();
        inventory.refresh(LONGEST);
        var name = database.create();
        var other = inventory();
        other.refresh(LONGEST);
        var uid = uid(other, name);
        assertThat(inventory.find(uid)).isEmpty();
        assertThat(inventory.findAnew(uid)).isPresent();
        assertThat(inventory.find(uid)).isPresent();
        assertThat(inventory.findAnew("0".repeat(32))).isEmpty();
    }

    @Test
    void lookingAgainPausesAndWhatIsNewDoesNotWait() throws Exception {
        var inventory = inventory();
        assertThat(refreshed(inventory)).hasSize(1);
        pace.spent(LONGEST.toNanos());
        pace.rest(System.nanoTime());
        assertThat(refreshed(inventory)).isEmpty();
        var name = database.create();
        assertThat(refreshed(inventory)).singleElement().matches(look -> isAt(look, name));
        pace = new LookPace(1, LONGEST, System.nanoTime());
        inventory = inventory();
        inventory.refresh(LONGEST);
        await().atMost(Duration.ofMinutes(2)).until(() -> pace.isFree(System.nanoTime()));
        assertThat(refreshed(inventory)).hasSize(2);
    }

    /**
     * An hour's pause is one by a clock that nobody sets: what time it is said to be is no matter.
     */
    @Test
    void whatIsDueIsLookedIntoWhateverTimeItIs() throws Exception {
        var nanos = new AtomicLong(Long.MAX_VALUE - 1); // it may begin anywhere
        pace = new LookPace(1, Duration.ZERO, nanos.get());
        var inventory = inventory(LONGEST, nanos::get);
        assertThat(refreshed(inventory)).hasSize(1);
        nanos.addAndGet(LONGEST.toNanos());
        assertThat(refreshed(inventory)).as("not longer ago than that").isEmpty();
        nanos.incrementAndGet();
        assertThat(refreshed(inventory)).hasSize(1);
    }

    /** It vanishes behind its list: those that are looked into at once find out for all. */
    @Test
    void aServerThatVanishesIsWaitedForOnce() throws Exception {
        for (int i = 1; i < 2 * AT_ONCE; i++) {
            database.create();
        }
        int port = Integer.parseInt(database.address().server().replaceAll(".*:", ""));
        try (var proxy = new SilentProxy(port)) {
            var url = database.address().url().replace(":" + port + "/", ":" + proxy.port() + "/");
            var listed = new AtomicBoolean();
            LongSupplier nanos =
                    () -> {
                        if (listed.get() && proxy.connections() > 2 * AT_ONCE + 1) {
                            proxy.silenceAfter(0);
                        }
                        return System.nanoTime();
                    };
            pace = new LookPace(AT_ONCE, Duration.ZERO, System.nanoTime());
            var inventory = inventory(EVERY, nanos, new DatabaseAddress(url, null));
            assertThat(refreshed(inventory)).hasSize(2 * AT_ONCE);
            assertThat(proxy.connections()).isEqualTo(2 * AT_ONCE + 1);
            listed.set(true);
            assertThat(refreshed(inventory))
                    .as("the others are told as they are known")
                    .hasSize(2 * AT_ONCE)
                    .filteredOn(look -> look.problem() != null)
                    .hasSize(AT_ONCE);
            assertThat(proxy.connections()).isEqualTo(3 * AT_ONCE + 2);
            listed.set(false);
            proxy.silenceAfter(Integer.MAX_VALUE);
            assertThat(refreshed(inventory))
                    .hasSize(2 * AT_ONCE)
                    .allMatch(look -> look.problem() == null);
        }
    }

    private static boolean isAt(DatabaseLook look, String name) {
        return look.place().name().equals(name);
    }

    @Test
    void aDatabaseThatIsGoneStaysSoWhoeverStillLooksIntoIt() throws Exception {
        var inventory = inventory();
        var name = database.create();
        inventory.refresh(LONGEST);
        var uid = uid(inventory, name);
        var place = inventory.find(uid).orElseThrow().place();
        rename(name, "away_" + name);
        try {
            inventory.refresh(LONGEST);
            assertThat(inventory.find(uid).orElseThrow()).matches(DatabaseLook::isGone);
            assertThat(inventory.look(place)).matches(DatabaseLook::isGone);
            assertThat(inventory.find(uid).orElseThrow()).matches(DatabaseLook::isGone);
        } finally {
            rename("away_" + name, name);
        }
        inventory.refresh(LONGEST);
        assertThat(inventory.find(uid).orElseThrow()).matches(look -> look.problem() == null);
    }

    private void rename(String name, String other) {
        try (var admin = database.client().open(database.address(), "test", Map.of())) {
            admin.script("ALTER DATABASE " + name + " RENAME TO " + other, Duration.ofMinutes(1));
        }
    }

    private double looks() {
        return registry.counter("skein.looks").count();
    }

    private static Set<String> names(DatabaseInventory inventory, OwnedPartitions whose) {
        return inventory.all().stream()
                .filter(look -> whose.owns(look.uid()))
                .map(look -> look.place().name())
                .collect(Collectors.toSet());
    }

    /** Of two agents one looks into each database, and both know which one each is. */
    @Test
    void agentsOfASiteShareLooksAndWhoeverTakesOverLooksAtOnce() throws Exception {
        for (int i = 1; i < MANY; i++) {
            database.create();
        }
        var ours = owning(partition -> partition % 2 == 0);
        var theirs = owning(partition -> partition % 2 == 1);
        owned = ours;
        var one = inventory(LONGEST, System::nanoTime);
        owned = theirs;
        var two = inventory(LONGEST, System::nanoTime);
        one.refresh(LONGEST);
        two.refresh(LONGEST);
        assertThat(looks()).isEqualTo(MANY);
        assertThat(names(one, ours)).doesNotContainAnyElementsOf(names(two, theirs));
        assertThat(names(one, ours).size() + names(two, theirs).size()).isEqualTo(MANY);
        assertThat(one.unlisted()).isEmpty();
        var name = database.create();
        assertThat(refreshed(one).size() + refreshed(two).size()).as("both hear").isEqualTo(2);
        assertThat(looks()).as("one of them looks").isEqualTo(MANY + 1);
        assertThat(find(one, name).uid()).isEqualTo(find(two, name).uid());
        theirs.revoked(IntStream.range(0, Topics.PARTITIONS).boxed().toList());
        ours.assigned(IntStream.range(0, Topics.PARTITIONS).boxed().toList());
        int taken = MANY + 1 - names(one, owning(partition -> partition % 2 == 0)).size();
        assertThat(refreshed(one)).hasSize(taken).allMatch(look -> look.fingerprint() != null);
        assertThat(refreshed(two)).isEmpty();
        assertThat(looks()).isEqualTo(MANY + 1 + taken);
    }

    private static DatabaseLook find(DatabaseInventory inventory, String name) {
        return inventory.find(uid(inventory, name)).orElseThrow();
    }

    /** The uid that its journal holds counts, and not the one that its place would get. */
    @Test
    void aDatabaseWithAnotherUidIsFoundByWhoeverItsUidBelongsTo() throws Exception {
        var all = inventory();
        all.refresh(LONGEST);
        var partition = OwnedPartitions.partition(uid(all, database.address().database()));
        var other = cloned(partition);
        owned = owning(p -> p == partition);
        var first = inventory();
        first.refresh(LONGEST);
        assertThat(first.changed()).containsExactly(other);
        assertThat(refreshed(first)).as("it is not its own").isEmpty();
        owned = owning(p -> p == OwnedPartitions.partition(other));
        var second = inventory();
        second.refresh(LONGEST);
        assertThat(second.find(other).orElseThrow().observed()).as("it looked").isNotNull();
        owned = owning(p -> false);
        var none = inventory();
        none.refresh(LONGEST);
        assertThat(none.all()).isEmpty();
        assertThat(none.unlisted()).isNotEmpty();
        assertThat(none.findAnew(other)).as("a request may come to anyone").isPresent();
    }

    /** Gives the database's journal a uid by chance, of another partition. */
    private String cloned(int partition) {
        var text = "--@ revision: a\n--@ upgrade\nCREATE TABLE a ();\n";
        Migrations.of(Map.of("a.sql", text)).upgrade(database.address(), "heads");
        var uid = database.value("SELECT uid FROM skein.state");
        while (OwnedPartitions.partition(uid) == partition) {
            JournalAdoption.run(
                    database.client(),
                    database.address(),
                    Scope.DATABASE,
                    new Author("tester", null, null),
                    new JournalAdoption.Claim(JournalAdoption.Reason.CLONE, true, null),
                    Clock.systemUTC());
            uid = database.value("SELECT uid FROM skein.state");
        }
        return uid;
    }
}
