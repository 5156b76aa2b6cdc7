// SPDX-License-Identifier: Apache-2.0
package dev.skein.fleet;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the services take of the processor while something happens. */
final class ServiceLoad {
    private static final List<String> SERVICES =
            List.of("api", "audit", "broker", "postgres-control");

    private final FleetStack world;
    private final Map<String, Double> before;
    private final long began = System.nanoTime();

    /** Counts from now on. */
    ServiceLoad(FleetStack world) {
        this.world = world;
        this.before = seconds(world);
    }

    private static Map<String, Double> seconds(FleetStack world) {
        var seconds = new LinkedHashMap<String, Double>();
        SERVICES.forEach(name -> seconds.put(name, ProcessUse.seconds(world.process(name))));
        return seconds;
    }

    /** Notes how many cores each was busy with since then. */
    void addCores(FleetFigures figures, String when) {
        double took = FleetWait.since(began);
        used().forEach((name, used) -> figures.add(when + ", cores of " + name, used / took));
    }

    /** How many cores some of them were busy with since then, together. */
    double cores(List<String> some) {
        double took = FleetWait.since(began);
        var used = used();
        return some.stream().mapToDouble(name -> used.getOrDefault(name, 0.0)).sum() / took;
    }

    /** Notes how many milliseconds of a core each took for one of the fleet's databases. */
    void addMillisEach(FleetFigures figures) {
        used().forEach((name, used) ->
                figures.add("ms of " + name + " a database", used * 1e3 / figures.size()));
    }

    private Map<String, Double> used() {
        var used = seconds(world);
        used.replaceAll((name, now) -> now - before.getOrDefault(name, 0.0));
        return used;
    }
}
