// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults.world;

import dev.skein.standalone.stack.LocalStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A small file system for the backups of each site, where this machine lets one be mounted. */
final class SmallDisks {
    private static final String SIZE = "size=64m,mode=755";

    private final List<Path> mounted = new ArrayList<>();

    SmallDisks(Path data) {
        for (var site : LocalStack.SITES) {
            var folder = data.resolve("backups-" + site);
            try {
                Files.createDirectories(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            if (MachinePrograms.run(
                    "mount", "-t", "tmpfs", "-o", SIZE, "skein-faults", folder.toString())) {
                mounted.add(folder);
            }
        }
    }

    List<Path> all() {
        return List.copyOf(mounted);
    }

    void close() {
        mounted.removeIf(folder -> MachinePrograms.run("umount", "-l", folder.toString()));
    }
}
