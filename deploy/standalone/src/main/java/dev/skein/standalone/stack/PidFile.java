// SPDX-License-Identifier: Apache-2.0
package dev.skein.standalone.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
        var start = ProcessStart.of(process);
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
            return running(Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<ProcessHandle> running(List<String> lines) throws IOException {
        if (lines.isEmpty() || (lines.size() > 1 && isElsewhere(Path.of(lines.get(1))))) {
            return Optional.empty();
        }
        var words = lines.getFirst().split(" ");
        if (words.length != 2 || !words[0].matches("\\d+")) {
            return Optional.empty(); // its writer was killed in the middle
        }
        return ProcessHandle.of(Long.parseLong(words[0]))
                .filter(ProcessHandle::isAlive)
                .filter(p -> !ProcessStart.isZombie(p))
                .filter(p -> ProcessStart.is(p, words[1]));
    }

    private Path place() throws IOException {
        return file.toRealPath().resolveSibling(".").normalize();
    }

    /** Whether this is a copy of a folder that is still there: what runs is the other's. */
    private boolean isElsewhere(Path written) throws IOException {
        return !written.equals(place()) && Files.isDirectory(written);
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
