// SPDX-License-Identifier: Apache-2.0
package dev.skein.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.agent.cli.common.Output;
import dev.skein.standalone.demo.DemoTenants.Tenant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Somebody changes shops by hand; it is found, told apart and decided on. */
final class DriftScene {
    private static final long BOUND_SECONDS = 30;

    private final DemoTenants tenants;
    private final DemoClaims claims;
    private final DemoUsers cast;
    private final Output out;

    DriftScene(DemoTenants tenants, DemoClaims claims, DemoUsers cast, Output out) {
        this.tenants = tenants;
        this.claims = claims;
        this.cast = cast;
        this.out = out;
    }

    void tell() throws InterruptedException {
        claims.chapter("6. Somebody changes three shops by hand");
        claims.that("until now nothing has drifted", found().isEmpty());
        var alike = tenants.all().subList(6, 8);
        var alone = tenants.all().get(9);
        out.say("An index here and there, and a column for one customer: nobody told Skein.");
        for (var tenant : alike) {
            tenants.run(tenant, "CREATE INDEX by_hand ON customers (name)");
        }
        tenants.run(alone, "ALTER TABLE products ADD COLUMN colour text");
        await(() -> databases(found()) == 3);
        cast.as(DemoUsers.OPERATOR, "drift", "list");
        var cohorts = found();
        claims.that(
                "three databases are found, in two cohorts",
                cohorts.size() == 2 && databases(cohorts) == 3);
        var pair = cohorts.path(0);
        var single = cohorts.path(1);
        claims.that(
                "the two that are alike are together, with what differs",
                names(pair).equals(names(alike))
                        && change(pair).equals("added index public.by_hand"));
        claims.that(
                "and so is the third, by itself",
                names(single).equals(names(List.of(alone)))
                        && change(single).equals("added column public.products.colour"));
        ended(pair, single, alone);
    }

    private void ended(JsonNode pair, JsonNode single, Tenant alone) throws InterruptedException {
        var fix = new ArrayList<String>();
        cast.as(DemoUsers.OPERATOR, "drift", "fix", name(single));
        cast.ask(DemoUsers.OPERATOR, "drift", "fix", name(single))
                .forEach(sql -> fix.add(sql.asText()));
        fix.forEach(sql -> tenants.run(alone, sql));
        await(() -> found().size() == 1);
        claims.that(
                "the SQL that it proposes leads back; the finding ends by itself",
                databases(found()) == 2);
        cast.as(DemoUsers.OPERATOR, "drift", "adopt", name(pair), "--reason", "a good index");
        await(() -> found().isEmpty());
        claims.that("the index is adopted, with a reason and a name", found().isEmpty());
    }

    private JsonNode found() {
        return cast.ask(DemoUsers.OPERATOR, "drift", "list");
    }

    private static int databases(JsonNode cohorts) {
        int n = 0;
        for (var cohort : cohorts) {
            n += cohort.path("databases").size();
        }
        return n;
    }

    private static Set<String> names(JsonNode cohort) {
        var names = new HashSet<String>();
        for (var d : cohort.path("databases")) {
            names.add(d.path("site").asText() + "/" + d.path("name").asText());
        }
        return names;
    }

    private static Set<String> names(List<Tenant> some) {
        var names = new HashSet<String>();
        some.forEach(tenant -> names.add(tenant.toString()));
        return names;
    }

    private static String name(JsonNode cohort) {
        return cohort.path("cohort").asText();
    }

    private static String change(JsonNode cohort) {
        var changes = cohort.at("/differences/changes");
        var first = changes.path(0);
        return changes.size() == 1
                ? first.path("change").asText()
                        + " "
                        + first.path("kind").asText()
                        + " "
                        + first.path("name").asText()
                : changes.toString();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + BOUND_SECONDS * 1_000_000_000;
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            Thread.sleep(300);
        }
    }
}
