// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults.fault;

import dev.skein.engine.SkeinException;
import dev.skein.faults.world.StackUnderFaults;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Processes that end, or stop and come back as if nothing had been. */
final class ProcessFaults {
    private static final List<Integer> AWAY = List.of(0, 1000, 3000, 40_000);
    private static final List<Integer> FROZEN = List.of(1500, 5000, 12_000, 35_000, 120_000);
    private static final String LEADER =
            "SELECT split_part(holder, '/', 1)::bigint FROM leader WHERE name = 'relay'";
    private static final String TENANT = "postgres-";
    private static final String CONTROL = "postgres-control";

    private ProcessFaults() {}

    static List<FaultKind> kinds() {
        return List.of(
                killed("kill-agent", "agent"),
                killed("kill-api", "api"),
                killed("kill-audit", "audit"),
                killed("kill-tenant-postgres", TENANT),
                killed("kill-control-postgres", CONTROL),
                killed("kill-broker", "broker"),
                ended("restart-tenant-postgres", TENANT, "INT"),
                ended("restart-control-postgres", CONTROL, "INT"),
                ended("restart-broker", "broker", "TERM"),
                ended("restart-agent", "agent", "TERM"),
                FaultKind.lasting("lose-agent-cache", List.of(0, 2000), ProcessFaults::loseCache),
                frozen("stop-agent", "agent"),
                frozen("stop-api", "api"),
                FaultKind.lasting("stop-leader", FROZEN, ProcessFaults::stopLeader),
                frozen("stop-audit", "audit"),
                frozen("stop-broker", "broker"));
    }

    private static FaultKind killed(String name, String prefix) {
        return ended(name, prefix, "KILL");
    }

    private static FaultKind ended(String name, String prefix, String signal) {
        return FaultKind.lasting(
                name,
                AWAY,
                (world, random) -> {
                    var part = pick(world, prefix, random);
                    world.end(part, signal);
                    return () -> world.revive(part);
                });
    }

    private static FaultKind frozen(String name, String prefix) {
        return FaultKind.lasting(
                name,
                FROZEN,
                (world, random) -> {
                    var part = pick(world, prefix, random);
                    world.freeze(part);
                    return () -> world.thaw(part);
                });
    }

    /** The replica of the api that sends; nothing happens where none does. */
    private static FaultKind.End stopLeader(StackUnderFaults world, Random random) {
        return leader(world)
                .<FaultKind.End>map(part -> {
                    world.freeze(part);
                    return () -> world.thaw(part);
                })
                .orElse(FaultKind.End.MISSED);
    }

    private static Optional<String> leader(StackUnderFaults world) {
        try (var session = world.open("control", "skein_api")) {
            for (var row : session.query(LEADER)) {
                return world.withProcess("api", row.getLong(0));
            }
            return Optional.empty();
        } catch (SkeinException e) {
            return Optional.empty(); // another fault was faster
        }
    }

    private static FaultKind.End loseCache(StackUnderFaults world, Random random) {
        var agent = pick(world, "agent", random);
        world.end(agent, "KILL");
        world.loseCache(agent);
        return () -> world.revive(agent);
    }

    /** One of the parts whose names begin so; a site's PostgreSQL where that is asked for. */
    static String pick(StackUnderFaults world, String prefix, Random random) {
        var parts =
                world.parts(prefix).stream()
                        .filter(name -> !prefix.equals(TENANT) || !name.equals(CONTROL))
                        .toList();
        return parts.get(random.nextInt(parts.size()));
    }
}
