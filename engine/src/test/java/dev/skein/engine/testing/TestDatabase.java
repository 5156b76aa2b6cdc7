// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.postgres.SqlLiterals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives each test a database of its own and fails it if it leaves a session, a lock or a
 * transaction behind. Use with {@code @RegisterExtension}.
 */
public final class TestDatabase implements BeforeEachCallback, AfterEachCallback {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Duration BOUND = Duration.ofMinutes(2);
    private static final String LEAKS =
            "SELECT application_name || ' ' || coalesce(state, '') || ' ' || left(query, 80)"
                    + " FROM pg_stat_activity WHERE datname = $1";

    private final List<String> names = new ArrayList<>();
    private PgClient client = PgClient.create();
    private final List<String> after = new ArrayList<>();
    private @Nullable DatabaseAddress who;
    private String name = "";

    @Override
    public void beforeEach(ExtensionContext context) {
        client = PgClient.create();
        name = create();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        try (var admin = admin()) {
            for (var database : names) {
                await().pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(10))
                        .atMost(Duration.ofMinutes(2))
                        .untilAsserted(() -> assertThat(leaks(admin, database)).isEmpty());
                admin.script("DROP DATABASE " + SqlLiterals.name(database), BOUND);
            }
            after.forEach(sql -> admin.script(sql, BOUND));
        } finally {
            names.clear();
            after.clear();
            who = null;
            client.close();
        }
    }

    private static List<String> leaks(PgSession admin, String database) {
        var found = new ArrayList<String>();
        admin.query(LEAKS, database).forEach(row -> found.add(row.getString(0)));
        return found;
    }

    private PgSession admin() {
        return client.open(TestServer.get().address("postgres"), "test admin", Map.of());
    }

    /** One more database for this test. */
    public String create() {
        var fresh = "t" + ProcessHandle.current().pid() + "_" + NUMBER.incrementAndGet();
        try (var admin = admin()) {
            admin.script(
                    "CREATE DATABASE " + SqlLiterals.name(fresh) + " TEMPLATE template0", BOUND);
        }
        names.add(fresh);
        return fresh;
    }

    /** Works with another of the test's databases from now on. */
    public void use(String other) {
        name = other;
    }

    /** Connects as somebody else from now on. */
    public void as(String role, String password) {
        var url = TestServer.get().maintenance().url().replace("postgres@", role + "@");
        who = DatabaseAddress.parse(url).withPassword(password);
    }

    /** Connects as the superuser again. */
    public void as(DatabaseAddress superuser) {
        who = superuser;
    }

    /** Runs something once the databases are gone. */
    public void whenDropped(String sql) {
        after.add(sql);
    }

    /** Lets a database that something else made be checked and dropped with the test's own. */
    public void adopt(String other) {
        names.add(other);
    }

    /** Drops one of them before the test is over. */
    public void dropNow(String other) {
        try (var admin = admin()) {
            admin.script("DROP DATABASE " + SqlLiterals.name(other) + " WITH (FORCE)", BOUND);
        }
        names.remove(other);
    }

    /** Leaves one alone that has another name by now. */
    public void forget(String other) {
        names.remove(other);
    }

    public PgClient client() {
        return client;
    }

    public DatabaseAddress address() {
        return address(name);
    }

    public DatabaseAddress address(String database) {
        var other = who;
        return other == null ? TestServer.get().address(database) : other.withDatabase(database);
    }

    /** A session of the test's own; close it. */
    public PgSession open() {
        return client.open(address(), "test", Map.of());
    }

    /** Runs statements in a session of their own. */
    public void run(String sql) {
        try (var session = open()) {
            session.script(sql, BOUND);
        }
    }

    /** The first column of a query's first row, as text. */
    public String value(String sql) {
        try (var session = open()) {
            var rows = session.script(sql, BOUND);
            return rows.size() == 0 ? "" : String.valueOf(rows.iterator().next().getValue(0));
        }
    }
}
