// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.discover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skein.agent.daemon.config.AgentConfig;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.testing.SilentProxy;
import dev.skein.engine.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class DatabaseInventoryTest {
    /** Whatever was looked into is due at once, as far as the pace goes. */
    private static final Duration EVERY = Duration.ZERO;

    /** How many databases are looked into at a time. */
    private static final int AT_ONCE = 8;

    private static final Duration LONGEST = Duration.ofHours(1);

    @RegisterExtension final TestDatabase database = new TestDatabase();
    @TempDir private Path secrets;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
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
                        .withDefaultValue("skein.agent.cache", secrets.toString())
                        .withDefaultValue(server + "url", there.withDatabase("postgres").toString())
                        .withDefaultValue(server + "password", "file:" + file)
                        .withDefaultValue(
                                server + "databases", own.substring(0, own.indexOf('_')) + "_*")
                        .withDefaultValue(server + "parallel", "4")
                        .build()
                        .getConfigMapping(AgentConfig.class);
        var scans = new SchemaScans((print, catalog, failed) -> {}, registry);
        return new DatabaseInventory(config, database.client(), nanos, scans, pace);
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
        inventory.refresh();
        var name = database.create();
        var other = inventory();
        other.refresh();
        var uid = uid(other, name);
        assertThat(inventory.find(uid)).isEmpty();
        assertThat(inventory.findAnew(uid)).isPresent();
        assertThat(inventory.find(uid)).isPresent();
        assertThat(inventory.findAnew("0".repeat(32))).isEmpty();
    }

    @Test
    void lookingAgainPausesAndWhatIsNewDoesNotWait() throws Exception {
        var inventory = inventory();
        assertThat(inventory.refresh()).hasSize(1);
        pace.spent(LONGEST.toNanos());
        pace.rest(System.nanoTime());
        assertThat(inventory.refresh()).isEmpty();
        var name = database.create();
        assertThat(inventory.refresh()).singleElement().matches(look -> isAt(look, name));
        pace = new LookPace(1, LONGEST, System.nanoTime());
        inventory = inventory();
        inventory.refresh();
        await().atMost(Duration.ofMinutes(2)).until(() -> pace.isFree(System.nanoTime()));
        assertThat(inventory.refresh()).hasSize(2);
    }

    /**
     * An hour's pause is one by a clock that nobody sets: what time it is said to be is no matter.
     */
    @Test
    void whatIsDueIsLookedIntoWhateverTimeItIs() throws Exception {
        var nanos = new AtomicLong(Long.MAX_VALUE - 1); // it may begin anywhere
        pace = new LookPace(1, Duration.ZERO, nanos.get());
        var inventory = inventory(LONGEST, nanos::get);
        assertThat(inventory.refresh()).hasSize(1);
        nanos.addAndGet(LONGEST.toNanos());
        assertThat(inventory.refresh()).as("not longer ago than that").isEmpty();
        nanos.incrementAndGet();
        assertThat(inventory.refresh()).hasSize(1);
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
            assertThat(inventory.refresh()).hasSize(2 * AT_ONCE);
            assertThat(proxy.connections()).isEqualTo(2 * AT_ONCE + 1);
            listed.set(true);
            assertThat(inventory.refresh()).hasSize(AT_ONCE).allMatch(l -> l.problem() != null);
            assertThat(proxy.connections()).isEqualTo(3 * AT_ONCE + 2);
            listed.set(false);
            proxy.silenceAfter(Integer.MAX_VALUE);
            assertThat(inventory.refresh())
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
        inventory.refresh();
        var uid = uid(inventory, name);
        var place = inventory.find(uid).orElseThrow().place();
        rename(name, "away_" + name);
        try {
            inventory.refresh();
            assertThat(inventory.find(uid).orElseThrow()).matches(DatabaseLook::isGone);
            assertThat(inventory.look(place)).matches(DatabaseLook::isGone);
            assertThat(inventory.find(uid).orElseThrow()).matches(DatabaseLook::isGone);
        } finally {
            rename("away_" + name, name);
        }
        inventory.refresh();
        assertThat(inventory.find(uid).orElseThrow()).matches(look -> look.problem() == null);
    }

    private void rename(String name, String other) {
        try (var admin = database.client().open(database.address(), "test", Map.of())) {
            admin.script("ALTER DATABASE " + name + " RENAME TO " + other, Duration.ofMinutes(1));
        }
    }
}
