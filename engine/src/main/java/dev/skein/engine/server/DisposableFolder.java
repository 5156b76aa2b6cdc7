// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A new folder for the data of a server that nobody keeps. */
public final class DisposableFolder {
    /** Bytes that must be free in memory. */
    private static final long ROOM = 2L << 30;

    private DisposableFolder() {}

    /**
     * Makes one: where {@code SKEIN_SCRATCH_DIR} says, else in memory where there is room for it,
     * since making a database is making a thousand files, else where temporary files are.
     *
     * @param prefix of its name
     */
    public static Path create(String prefix) throws IOException {
        return Files.createTempDirectory(place(), prefix);
    }

    private static Path place() throws IOException {
        var chosen = System.getenv("SKEIN_SCRATCH_DIR");
        if (chosen != null) {
            return Path.of(chosen);
        }
        var memory = Path.of("/dev/shm");
        var fits =
                Files.isWritable(memory)
                        && Files.getFileStore(memory).getUsableSpace() > ROOM
                        && Files.getFileStore(memory).type().equals("tmpfs");
        return fits ? memory : Path.of(System.getProperty("java.io.tmpdir"));
    }
}
