// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults.fault;

import dev.skein.faults.world.StackUnderFaults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Disks that take nothing more. */
final class DiskFaults {
    private DiskFaults() {}

    /** A full disk needs a small one, which not every machine lets one mount. */
    static List<FaultKind> kinds() {
        return List.of(
                FaultKind.lasting(
                        "fill-backup-disk", List.of(2000, 8000, 30_000), DiskFaults::fill));
    }

    private static FaultKind.End fill(StackUnderFaults world, Random random) {
        var disks = world.smallDisks();
        if (disks.isEmpty()) {
            return FaultKind.End.MISSED;
        }
        var filler = disks.get(random.nextInt(disks.size())).resolve("filler");
        fillUp(filler);
        return () -> delete(filler);
    }

    private static void fillUp(Path filler) {
        try (var out = Files.newOutputStream(filler)) {
            var block = new byte[1 << 16];
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            // full, as it should be
        }
    }

    private static void delete(Path filler) {
        try {
            Files.deleteIfExists(filler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
