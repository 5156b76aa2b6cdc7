// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults.work;

import dev.skein.engine.ClassResources;
import dev.skein.engine.bundle.Bundle;
import dev.skein.engine.catalog.CatalogReader;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.sample.RowDigest;
import dev.skein.faults.world.StackUnderFaults;
import dev.skein.standalone.stack.LocalStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The tenants' databases as they really are, past all links: 24 of them, in lanes of 6, of which
 * each has half its databases at each site.
 */
public final class TenantDatabases {
    /** The lanes by their letters. */
    public static final List<String> LANES = List.of("a", "b", "c", "d");

    private static final int PER_SITE = 3;
    private static final List<String> REVISIONS = List.of("f1", "f2", "f3", "f4", "f5");
    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(20);

    private final StackUnderFaults world;

    public TenantDatabases(StackUnderFaults world) {
        this.world = world;
    }

    /** The databases of a lane. */
    public static List<TenantName> lane(String letter) {
        var all = new ArrayList<TenantName>();
        int number = 0;
        for (var site : LocalStack.SITES) {
            for (int n = 0; n < PER_SITE; n++) {
                all.add(new TenantName(site, "tenant_" + letter + ++number));
            }
        }
        return all;
    }

    /** All of them. */
    public static List<TenantName> all() {
        return LANES.stream().flatMap(letter -> lane(letter).stream()).toList();
    }

    /** Makes them. */
    public void create() {
        var tables = ClassResources.text(TenantDatabases.class, "/faults/tenant.sql");
        for (var site : LocalStack.SITES) {
            try (var admin = world.open(site, "postgres")) {
                admin.script("CREATE DATABASE seed_of_tenants", QUERY_TIMEOUT);
                try (var seed = world.open(site, "seed_of_tenants")) {
                    seed.script(tables, QUERY_TIMEOUT);
                }
                for (var tenant : all()) {
                    if (tenant.site().equals(site)) {
                        admin.script(
                                "CREATE DATABASE " + tenant.name() + " TEMPLATE seed_of_tenants",
                                QUERY_TIMEOUT);
                    }
                }
            }
        }
    }

    /** The revisions that go through them. */
    public static Bundle revisions() {
        return Bundle.of(
                REVISIONS.stream()
                        .map(id -> id + ".sql")
                        .map(name ->
                                new Bundle.Item(
                                        name,
                                        ClassResources.text(
                                                TenantDatabases.class, "/faults/" + name)))
                        .toList());
    }

    public PgSession open(TenantName tenant) {
        return world.open(tenant.site(), tenant.name());
    }

    /** Runs something, as somebody would by hand. */
    public void run(TenantName tenant, String sql) {
        try (var session = open(tenant)) {
            session.script(sql, QUERY_TIMEOUT);
        }
    }

    public String fingerprint(TenantName tenant) {
        try (var session = open(tenant)) {
            return CatalogReader.fingerprint(session).toString();
        }
    }

    public RowDigest rows(TenantName tenant) {
        try (var session = open(tenant)) {
            return RowDigest.of(session);
        }
    }

    /** The heads by its journal; none where it has no journal. */
    public List<String> heads(TenantName tenant) {
        try (var session = open(tenant)) {
            var journal = new Journal(session, "");
            return journal.exists()
                    ? journal.read().map(state -> state.heads()).orElse(List.of())
                    : List.of();
        }
    }
}
