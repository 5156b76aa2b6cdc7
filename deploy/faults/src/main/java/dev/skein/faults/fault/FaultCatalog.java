// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults.fault;

import dev.skein.engine.SkeinException;
import dev.skein.faults.world.StackUnderFaults;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** All kinds of faults, in families that come with their weights. */
public final class FaultCatalog {
    /**
     * Kinds of one sort.
     *
     * @param weight how many of a hundred faults are of it
     */
    private record Family(int weight, List<FaultKind> kinds) {}

    private static final int HUNDRED = 100;

    private static final int CLOCKS = StackUnderFaults.HAS_WRONG_CLOCKS ? 3 : 0;

    /** A process takes seconds to come back: were more of them killed, nothing would ever run. */
    private static final List<Family> FAMILIES =
            List.of(
                    new Family(12, ProcessFaults.kinds()),
                    new Family(45 - CLOCKS, LinkFaults.kinds()),
                    new Family(28, SqlFaults.kinds()),
                    new Family(12, KafkaFaults.kinds()),
                    new Family(3, DiskFaults.kinds()),
                    new Family(CLOCKS, ClockFaults.kinds()));

    /** How the keys of records begin that nobody can take. */
    public static final String POISON = "poison";

    private FaultCatalog() {}

    public static List<FaultKind> all() {
        var all = new ArrayList<FaultKind>();
        FAMILIES.forEach(family -> all.addAll(family.kinds()));
        return all;
    }

    /** Any. */
    public static FaultKind pick(Random random) {
        int left = random.nextInt(HUNDRED);
        for (var family : FAMILIES) {
            left -= family.weight();
            if (left < 0) {
                return family.kinds().get(random.nextInt(family.kinds().size()));
            }
        }
        throw new IllegalStateException("the weights make no hundred");
    }

    /** The one of a name. */
    public static FaultKind named(String name) {
        return all().stream()
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        SkeinException.usage(
                                "Fault " + name,
                                "there is none",
                                "There are " + all().stream().map(FaultKind::name).toList()));
    }
}
