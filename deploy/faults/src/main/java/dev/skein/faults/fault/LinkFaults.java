// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults.fault;

import dev.skein.faults.net.FaultyLink;
import dev.skein.faults.world.StackUnderFaults;
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

    static List<FaultKind> kinds() {
        var kinds = new ArrayList<FaultKind>();
        for (var route : ROUTES) {
            kinds.add(
                    FaultKind.moment(
                            "cut-" + route.name(),
                            (world, random) -> {
                                link(world, route, random).cut();
                                return FaultKind.End.NOTHING;
                            }));
            kinds.add(lasting("refuse-", route, FaultyLink.Mode.REFUSED));
            kinds.add(lasting("silence-", route, FaultyLink.Mode.SILENT));
            kinds.add(lasting("one-way-", route, FaultyLink.Mode.DEAF));
            kinds.add(lasting("stall-", route, FaultyLink.Mode.STALLED));
            kinds.add(lasting("slow-", route, FaultyLink.Mode.SLOW));
            if (route.server().startsWith("postgres")) {
                kinds.add(losing(route));
            }
        }
        kinds.add(FaultKind.lasting("outlive-agent", OUTLIVED, LinkFaults::outlive));
        return kinds;
    }

    private static FaultKind lasting(String what, Route route, FaultyLink.Mode mode) {
        return FaultKind.lasting(
                what + route.name(),
                SHORT,
                (world, random) -> {
                    var link = link(world, route, random);
                    link.set(mode);
                    return () -> link.set(FaultyLink.Mode.OPEN);
                });
    }

    private static FaultKind losing(Route route) {
        return FaultKind.lasting(
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
    private static FaultKind.End outlive(StackUnderFaults world, Random random) {
        var agent = ProcessFaults.pick(world, "agent", random);
        var tenants = world.link(agent, "postgres");
        var kafka = world.link(agent, "kafka");
        tenants.set(FaultyLink.Mode.REFUSED);
        kafka.set(FaultyLink.Mode.SILENT);
        return () -> {
            tenants.set(FaultyLink.Mode.OPEN);
            Thread.sleep(BACK_AGAIN_MILLIS);
            kafka.set(FaultyLink.Mode.OPEN);
        };
    }

    private static FaultyLink link(StackUnderFaults world, Route route, Random random) {
        var program = ProcessFaults.pick(world, route.program(), random);
        return world.link(program, route.server());
    }
}
