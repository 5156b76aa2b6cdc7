// SPDX-License-Identifier: Apache-2.0
package dev.skein.standalone.stack;

import dev.skein.engine.SkeinException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** How the JVMs of the services are started, each with the archive of its classes. */
final class ServiceArchives {
    /** For programs that mostly start and wait. */
    private static final String STARTING = "-XX:TieredStopAtLevel=1";

    /** For one that hashes: only the other compiler uses the processor's instructions for it. */
    private static final String HASHING = "-XX:TieredStopAtLevel=4";

    private final Map<String, ClassArchive> archives = new LinkedHashMap<>();

    ServiceArchives(StackHome home) {
        add(home, "api", 256, STARTING);
        add(home, "audit", 192, HASHING);
        add(home, "agent", 192, STARTING);
    }

    private void add(StackHome home, String module, int megabytes, String compiler) {
        var options =
                List.of(
                        "-Xmx" + megabytes + "m",
                        "-XX:+UseSerialGC",
                        compiler,
                        "-XX:+ExitOnOutOfMemoryError",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow");
        archives.put(module, new ClassArchive(home, module, options));
    }

    /** The command of a part that runs a module, asked anew at each start. */
    Supplier<List<String>> command(String module, String part) {
        var archive = Objects.requireNonNull(archives.get(module));
        return () -> archive.command(part);
    }

    /**
     * Makes those that this build lacks; it can be interrupted.
     *
     * @param isUp whether a part serves now
     * @throws SkeinException if that fails; everything works without it
     */
    void make(Predicate<String> isUp) throws InterruptedException {
        for (var archive : archives.values()) {
            archive.make(isUp);
        }
    }
}
