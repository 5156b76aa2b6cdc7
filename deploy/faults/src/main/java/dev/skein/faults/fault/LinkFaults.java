// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults.fault;

import dev.skein.faults.net.Link;
import dev.skein.faults.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Ways between a program and a server that are cut, silent, one-way, stalled or slow. */
final class LinkFaults {
    private static final List<Integer> SHORT = List.of(1000, 3000, 8000, 30_000);

    /** A program and the server at the other end. */
    private record Route(String name, String program, String server) {}

    private static final List<Route> ROUTES =
            List.of(
                    new Route("agent-tenant", "agent", "postgres"),
                    new Route("agent-kafka", "agent", "kafka"),
                    new Route("api-control", "api", "postgres-control"),
                    new Route("api-kafka", "api", "kafka"),
                    new Route("audit-control", "audit", "postgres-control"),
                    new Route("audit-kafka", "audit", "kafka"));

    private static final List<Integer> OUTLIVED = List.of(4000, 15_000, 25_000, 40_000);
    private static final long BACK_AGAIN_MILLIS = 3000;

    private LinkFaults() {}

    static List<Kind> all() {
        var kinds = new ArrayList<Kind>();
        for (var route : ROUTES) {
            kinds.add(
                    Kind.moment(
                            "cut-" + route.name(),
                            (world, random) -> {
                                link(world, route, random).cut();
                                return Kind.End.NOTHING;
                            }));
            kinds.add(lasting("refuse-", route, Link.Mode.REFUSED));
            kinds.add(lasting("silence-", route, Link.Mode.SILENT));
            kinds.add(lasting("one-way-", route, Link.Mode.DEAF));
            kinds.add(lasting("stall-", route, Link.Mode.STALLED));
            kinds.add(lasting("slow-", route, Link.Mode.SLOW));
            if (route.server().startsWith("postgres")) {
                kinds.add(losing(route));
            }
        }
        kinds.add(Kind.lasting("outlive-agent", OUTLIVED, LinkFaults::outlive));
        return kinds;
    }

    private static Kind lasting(String what, Route route, Link.Mode mode) {
        return Kind.lasting(
                what + route.name(),
                SHORT,
                (world, random) -> {
                    var link = link(world, route, random);
                    link.set(mode);
                    return () -> link.set(Link.Mode.OPEN);
                });
    }

    private static Kind losing(Route route) {
        return Kind.lasting(
                "lose-commit-" + route.name(),
                List.of(3000),
                (world, random) -> {
                    var link = link(world, route, random);
                    link.loseNextCommit(true);
                    return () -> link.loseNextCommit(false);
                });
    }

    /**
     * An agent reaches nobody until another one has taken over; then it reaches the databases
     * first, with orders of yesterday.
     */
    private static Kind.End outlive(World world, Random random) {
        var agent = ProcessFaults.one(world, "agent", random);
        var tenants = world.link(agent, "postgres");
        var kafka = world.link(agent, "kafka");
        tenants.set(Link.Mode.REFUSED);
        kafka.set(Link.Mode.SILENT);
        return () -> {
            tenants.set(Link.Mode.OPEN);
            Thread.sleep(BACK_AGAIN_MILLIS);
            kafka.set(Link.Mode.OPEN);
        };
    }

    private static Link link(World world, Route route, Random random) {
        var program = ProcessFaults.one(world, route.program(), random);
        return world.link(program, route.server());
    }
}
