// SPDX-License-Identifier: Apache-2.0
package dev.skein.standalone.demo;

import dev.skein.engine.catalog.CatalogReader;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.sample.RowDigest;
import dev.skein.standalone.stack.LocalStack;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The tenant databases of the demo, as they really are on their servers. */
final class DemoTenants {
    /** A tenant. */
    record Tenant(String site, String name) {
        @Override
        public String toString() {
            return site + "/" + name;
        }
    }

    private static final int PER_SITE = 12;
    private static final List<Integer> WITH_DUPLICATES = List.of(8, 9, 11);
    private static final Duration QUERY_TIMEOUT = Duration.ofMinutes(1);

    private final LocalStack stack;
    private final PgClient client;

    DemoTenants(LocalStack stack, PgClient client) {
        this.stack = stack;
        this.client = client;
    }

    /** All of them, in the order of their names. */
    List<Tenant> all() {
        return IntStream.rangeClosed(1, PER_SITE)
                .boxed()
                .flatMap(n -> LocalStack.SITES.stream().map(site -> new Tenant(site, name(n))))
                .toList();
    }

    private static String name(int number) {
        return "tenant_%02d".formatted(number);
    }

    /** Those with two customers of one email address. */
    List<Tenant> withDuplicates() {
        var names = WITH_DUPLICATES.stream().map(DemoTenants::name).toList();
        return all().stream().filter(tenant -> names.contains(tenant.name())).toList();
    }

    PgSession open(Tenant tenant) {
        return client.open(stack.address(tenant.site(), tenant.name()), "demo", Map.of());
    }

    /** The journal of a tenant, asked at the tenant. */
    Optional<JournalState> journal(Tenant tenant) {
        try (var session = open(tenant)) {
            var journal = new Journal(session, "");
            return journal.exists() ? journal.read() : Optional.empty();
        }
    }

    /** The journals of those that have one. */
    Map<Tenant, JournalState> journals() {
        var journals = new HashMap<Tenant, JournalState>();
        all().forEach(tenant -> journal(tenant).ifPresent(j -> journals.put(tenant, j)));
        return journals;
    }

    /** Where a tenant is, by its own journal. */
    List<String> heads(Tenant tenant) {
        return journal(tenant).map(JournalState::heads).orElse(List.of());
    }

    /** What the last entry of a tenant's journal tells of. */
    String lastEntry(Tenant tenant) {
        try (var session = open(tenant)) {
            return new Journal(session, "").envelopes().getLast().kind().wire();
        }
    }

    /** The fingerprint of a tenant's catalog, asked at the tenant. */
    String fingerprint(Tenant tenant) {
        try (var session = open(tenant)) {
            return CatalogReader.fingerprint(session).toString();
        }
    }

    /** What the rows of a tenant are. */
    RowDigest digest(Tenant tenant) {
        try (var session = open(tenant)) {
            return RowDigest.of(session);
        }
    }

    /** Runs something at a tenant, past everything. */
    void run(Tenant tenant, String sql) {
        try (var session = open(tenant)) {
            session.script(sql, QUERY_TIMEOUT);
        }
    }

    /** The major version of the servers. */
    int major() {
        try (var session =
                client.open(
                        stack.address(LocalStack.SITES.getFirst(), "postgres"), "demo", Map.of())) {
            return session.major();
        }
    }

    /** How many rows the seed's tables have in a tenant. */
    long rows(Tenant tenant) {
        try (var session = open(tenant)) {
            return session.script(
                            """
                            SELECT (SELECT count(*) FROM customers) + (SELECT count(*) FROM products) + (SELECT
                                count(*) FROM orders) + (SELECT count(*) FROM order_lines)
                            """,
                            QUERY_TIMEOUT)
                    .iterator()
                    .next()
                    .getLong(0);
        }
    }
}
