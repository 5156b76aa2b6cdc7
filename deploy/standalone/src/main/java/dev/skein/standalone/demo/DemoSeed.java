// SPDX-License-Identifier: Apache-2.0
package dev.skein.standalone.demo;

import dev.skein.engine.ClassResources;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.postgres.SqlLiterals;
import dev.skein.standalone.stack.LocalStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;

/** Makes the tenants of the demo anew: the same schema, some thousand rows each, few duplicates. */
final class DemoSeed {
    private static final String SEED = "seed_of_tenants";
    private static final Duration QUERY_TIMEOUT = Duration.ofMinutes(1);

    private final LocalStack stack;
    private final PgClient client;
    private final DemoTenants tenants;

    DemoSeed(LocalStack stack, PgClient client, DemoTenants tenants) {
        this.stack = stack;
        this.client = client;
        this.tenants = tenants;
    }

    void create() throws InterruptedException {
        var threads = new ArrayList<Thread>();
        for (var site : LocalStack.SITES) {
            threads.add(Thread.ofVirtual().start(() -> create(site)));
        }
        for (var thread : threads) {
            thread.join();
        }
        for (var tenant : tenants.withDuplicates()) {
            tenants.run(
                    tenant,
                    """
                    INSERT INTO customers (name, email) SELECT name || ' again', email
                    FROM customers
                    WHERE id IN (7, 8)
                    """);
        }
    }

    private void create(String site) {
        try (var admin = client.open(stack.address(site, "postgres"), "demo", Map.of())) {
            dropAll(admin);
            admin.script("CREATE DATABASE " + SEED, QUERY_TIMEOUT);
            try (var seed = client.open(stack.address(site, SEED), "demo", Map.of())) {
                seed.script(
                        ClassResources.text(DemoTenants.class, "/demo/tenant.sql"), QUERY_TIMEOUT);
            }
            for (var tenant : tenants.all()) {
                if (tenant.site().equals(site)) {
                    admin.script(
                            "CREATE DATABASE "
                                    + SqlLiterals.name(tenant.name())
                                    + " TEMPLATE "
                                    + SEED,
                            QUERY_TIMEOUT);
                }
            }
        }
    }

    private static void dropAll(PgSession admin) {
        var old = new ArrayList<String>();
        admin.query(
                        """
                        SELECT datname::text FROM pg_database WHERE datname LIKE 'tenant\\_%' OR datname = $1
                        """,
                        SEED)
                .forEach(row -> old.add(row.getString(0)));
        for (var name : old) {
            admin.script(
                    "DROP DATABASE " + SqlLiterals.name(name) + " WITH (FORCE)", QUERY_TIMEOUT);
        }
    }
}
