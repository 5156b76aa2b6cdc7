// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.server;

import dev.skein.engine.SkeinException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The file in a data folder that names the process which serves it. */
final class PostmasterPid {
    private PostmasterPid() {}

    /**
     * After a kill -9 the pid file stays. PostgreSQL itself judges it, since backends may have
     * outlived their postmaster; only a number that another program has by now would mislead it.
     */
    static void clearStale(Path data) throws IOException {
        var file = data.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return;
        }
        var lines = Files.readAllLines(file);
        var pid = lines.isEmpty() ? "" : lines.getFirst().strip();
        var alive = process(pid);
        if (alive.isEmpty()) {
            return;
        }
        if (alive.get().info().command().orElse("").contains("postgres")) {
            throw SkeinException.failed(
                    "PostgreSQL in " + data,
                    "process " + pid + " serves it already",
                    "Stop it first: skein down");
        }
        Files.delete(file);
    }

    private static Optional<ProcessHandle> process(String pid) {
        return pid.matches("\\d+")
                ? ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive)
                : Optional.empty();
    }
}
