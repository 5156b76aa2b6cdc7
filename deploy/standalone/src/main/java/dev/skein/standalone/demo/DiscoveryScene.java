// SPDX-License-Identifier: Apache-2.0
package dev.skein.standalone.demo;

import dev.skein.agent.cli.common.Output;
import java.util.HashSet;
import java.util.Set;

/** A fleet is there, and is found. */
final class DiscoveryScene {
    private final DemoTenants tenants;
    private final DemoClaims claims;
    private final DemoUsers cast;
    private final DemoSeed seed;
    private final Output out;

    DiscoveryScene(
            DemoTenants tenants, DemoClaims claims, DemoUsers cast, DemoSeed seed, Output out) {
        this.tenants = tenants;
        this.claims = claims;
        this.cast = cast;
        this.seed = seed;
        this.out = out;
    }

    void tell() throws InterruptedException {
        claims.chapter("1. A fleet is discovered");
        out.say("Making 24 shops on two servers, as if they had always been there.");
        seed.create();
        var expected = new HashSet<String>();
        tenants.all().forEach(tenant -> expected.add(tenant.toString()));
        DemoWait.until(() -> names().equals(expected));
        cast.as(DemoUsers.AUTHOR, "status");
        claims.that(
                "24 databases were discovered by their names' pattern; nobody registered them",
                names().equals(expected));
        claims.that(
                "each has some thousand rows",
                tenants.all().stream().allMatch(tenant -> tenants.rows(tenant) > 2000));
        claims.that(
                "discovery wrote nothing to them",
                tenants.all().stream().allMatch(tenant -> tenants.journal(tenant).isEmpty()));
    }

    /** The fleet as the control plane knows it, without those that are gone. */
    private Set<String> names() {
        var names = new HashSet<String>();
        for (var d : cast.ask(DemoUsers.AUTHOR, "targets")) {
            if (d.path("problem").isNull() && d.path("heads").isEmpty()) {
                names.add(d.path("site").asText() + "/" + d.path("name").asText());
            }
        }
        return names;
    }
}
