// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.sample;

import dev.skein.engine.SkeinException;
import dev.skein.engine.scratch.ScratchDatabase;
import java.nio.file.Files;
import java.nio.file.Path;

/** A backup that pg_dump wrote as an archive, restored to a scratch database. */
public final class RestoredArchive {
    private RestoredArchive() {}

    /**
     * Restores it, without owners and rights.
     *
     * @throws SkeinException with the program's own words for what cannot be restored
     */
    public static void restore(Path file, ScratchDatabase database) {
        if (!Files.exists(file)) {
            throw SkeinException.usage("Backup " + file, "there is no such file", "Name another");
        }
        var problems = database.restore(file);
        if (!problems.isEmpty()) {
            throw SkeinException.failed(
                    "Backup " + file,
                    "it cannot be restored: " + problems,
                    "Write it with pg_dump --format=custom; what needs a superuser needs"
                            + " --superuser");
        }
    }
}
