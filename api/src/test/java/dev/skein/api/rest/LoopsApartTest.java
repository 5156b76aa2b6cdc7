// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skein.api.config.ApiConfig;
import dev.skein.engine.event.Directive;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.PgSession;
import dev.skein.service.database.Db;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** However many read, and however slowly: what is decided goes out. */
@QuarkusTest
class LoopsApartTest extends ControlPlane {
    private static final long LOCK = 4711;

    @Inject Db db;
    @Inject ApiConfig config;

    @ConfigProperty(name = "quarkus.datasource.reactive.max-size")
    int connections;

    @Test
    void whoReadsSlowlyKeepsNobodyFromDeciding() throws Exception {
        fleet("apart", 2);
        create("apart", "apart", Map.of("name", "all", "parallel", 1));
        approve("apart");
        expectOpen(1, Directive.Action.MIGRATE);
        var first = agent.directives().values().iterator().next();
        var released = new CountDownLatch(2 * connections);
        var address = DatabaseAddress.parse(config.databaseUrl());
        try (var client = PgClient.create();
                var session =
                        client.open(
                                address.withPassword(config.databasePassword().orElse(null)),
                                "test",
                                Map.of())) {
            session.query("SELECT pg_advisory_lock($1)", LOCK);
            for (int n = 0; n < 2 * connections; n++) {
                Thread.startVirtualThread(() -> read(released));
            }
            await().until(() -> waiting(session) == connections);
            agent.succeed(first);
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() ->
                            assertThat(agent.directives().values())
                                    .singleElement()
                                    .extracting(Directive::uid)
                                    .isNotEqualTo(first.uid()));
            agent.directives().values().forEach(agent::succeed);
            await().atMost(Duration.ofSeconds(20)).until(() -> status(session).equals("completed"));
            assertThat(released.getCount()).as("who still waits").isEqualTo(2L * connections);
            session.query("SELECT pg_advisory_unlock($1)", LOCK);
        }
        released.await();
        expect("apart", "completed");
    }

    private void read(CountDownLatch released) {
        db.run(tx -> tx.query("SELECT pg_advisory_xact_lock_shared($1)", LOCK));
        released.countDown();
    }

    private static long waiting(PgSession session) {
        return session.query(
                        """
                        SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid::bigint = $1
                            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                        """,
                        LOCK)
                .iterator()
                .next()
                .getLong(0);
    }

    private static String status(PgSession session) {
        return session.query("SELECT status FROM rollout WHERE id = 'apart'")
                .iterator()
                .next()
                .getString(0);
    }
}
