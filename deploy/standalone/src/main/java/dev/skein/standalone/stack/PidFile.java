// SPDX-License-Identifier: Apache-2.0
package dev.skein.standalone.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * Remembers a process beyond this one's life: its number, its start, since numbers are given again,
 * and its place, since folders are copied.
 */
public final class PidFile {
    private final Path file;

    public PidFile(Path file) {
        this.file = file;
    }

    public void write(ProcessHandle process) {
        var start = process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, ""); // before it is asked where it is
            Files.writeString(file, process.pid() + " " + start + "\n" + place() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process, if it is alive and still the same. */
    public Optional<ProcessHandle> process() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            var lines = Files.readAllLines(file);
            if (lines.isEmpty() || (lines.size() > 1 && isElsewhere(Path.of(lines.get(1))))) {
                return Optional.empty();
            }
            var words = lines.getFirst().split(" ");
            if (words.length != 2 || !words[0].matches("\\d+") || !words[1].matches("\\d+")) {
                return Optional.empty(); // its writer was killed in the middle
            }
            long start = Long.parseLong(words[1]);
            return ProcessHandle.of(Long.parseLong(words[0]))
                    .filter(ProcessHandle::isAlive)
                    .filter(p -> !isZombie(p))
                    .filter(p ->
                            p.info().startInstant().map(Instant::toEpochMilli).orElse(0L) == start);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path place() throws IOException {
        return file.toRealPath().resolveSibling(".").normalize();
    }

    /** Whether this is a copy of a folder that is still there: what runs is the other's. */
    private boolean isElsewhere(Path written) throws IOException {
        return !written.equals(place()) && Files.isDirectory(written);
    }

    /** Whether it was killed and only waits for its parent to take note (Linux). */
    private static boolean isZombie(ProcessHandle process) {
        try {
            var stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
            return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException e) {
            return false; // no such file on this system, or gone by now
        }
    }

    /** Ends the process if it is alive: asks, then forces. */
    public void end(Duration patience) {
        process().ifPresent(process -> end(process, patience));
        delete();
    }

    private static void end(ProcessHandle process, Duration patience) {
        process.destroy();
        try {
            process.onExit().orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS).join();
        } catch (CompletionException e) {
            process.destroyForcibly();
            process.onExit().join();
        }
    }
}
