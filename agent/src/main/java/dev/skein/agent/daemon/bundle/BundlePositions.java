// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.bundle;

import dev.skein.engine.Json;
import dev.skein.engine.SkeinException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import org.jboss.logging.Logger;

/** How far bundles were read into a folder, by partition, so that a start goes on from there. */
final class BundlePositions {
    private static final Logger LOG = Logger.getLogger(BundlePositions.class);

    private final Path file;
    private final Map<Integer, Long> next = new HashMap<>();
    private boolean isStored = true;

    /** What stands in the file. */
    record Stored(Map<Integer, Long> next) {}

    /**
     * @param folder that of the bundles: whoever deletes it means both
     */
    BundlePositions(Path folder) {
        this.file = folder.resolve("read.json");
    }

    /**
     * The offset to go on from; those partitions are missing that are to be read from the start.
     */
    Map<Integer, Long> read() throws IOException {
        if (Files.exists(file)) {
            try {
                next.putAll(Json.read(Files.readAllBytes(file), Stored.class).next());
            } catch (SkeinException e) {
                LOG.infof("bundles are read from the start: %s", e.getMessage());
            }
        }
        return Map.copyOf(next);
    }

    /** What comes before an offset is in the folder, or is not to be in it. */
    void passed(int partition, long offset) {
        next.merge(partition, offset, Math::max);
        isStored = false;
    }

    /** Writes what is new. Lost, it costs reading again. */
    void store() throws IOException {
        if (isStored) {
            return;
        }
        var part = file.resolveSibling(file.getFileName() + ".part");
        Files.write(part, Json.bytes(new Stored(next)));
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        isStored = true;
    }
}
