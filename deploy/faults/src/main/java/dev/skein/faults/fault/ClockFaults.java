// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults.fault;

import dev.skein.faults.world.StackUnderFaults;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Clocks that are an hour off, and jump there and back. */
final class ClockFaults {
    private static final Duration OFF = Duration.ofHours(1);

    private ClockFaults() {}

    static List<FaultKind> kinds() {
        return List.of(
                wrong("agent", OFF),
                wrong("agent", OFF.negated()),
                wrong("api", OFF),
                wrong("api", OFF.negated()),
                wrong("audit", OFF),
                wrong("audit", OFF.negated()));
    }

    private static FaultKind wrong(String program, Duration offset) {
        return FaultKind.lasting(
                (offset.isNegative() ? "clock-behind-" : "clock-ahead-") + program,
                List.of(5000, 35_000),
                (world, random) -> begin(world, random, program, offset));
    }

    private static FaultKind.End begin(
            StackUnderFaults world, Random random, String program, Duration offset) {
        var able = world.wrongClocks().stream().filter(one -> one.startsWith(program)).toList();
        if (able.isEmpty()) {
            return FaultKind.End.MISSED;
        }
        var part = able.get(random.nextInt(able.size()));
        world.setClock(part, offset);
        return () -> world.setClock(part, Duration.ZERO);
    }
}
