// SPDX-License-Identifier: Apache-2.0
package dev.skein.standalone;

import dev.skein.agent.cli.common.Output;
import dev.skein.standalone.stack.PidFile;
import dev.skein.standalone.stack.StackHome;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Ends a stack that runs elsewhere. */
final class StackDown {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private StackDown() {}

    /** The file of the process that runs a stack. */
    static PidFile pidFile(StackHome home) {
        return new PidFile(home.data().resolve("run/stack.pid"));
    }

    /** Stops a stack that runs elsewhere, and whatever one left behind that was killed. */
    static int run(StackHome home, Output out) {
        var file = pidFile(home);
        var running = file.process();
        if (running.isPresent()) {
            file.end(PATIENCE);
            out.say("Stopped the stack in " + home.data());
        }
        int left = 0;
        for (var pid : leftOver(home)) {
            var rest = new PidFile(pid);
            left += rest.process().isPresent() ? 1 : 0;
            rest.end(PATIENCE);
        }
        if (left > 0) {
            out.say("Ended " + left + " processes that a killed stack had left");
        } else if (running.isEmpty()) {
            out.say("No stack is up in " + home.data());
        }
        return 0;
    }

    /** Stops programs before the servers they use. */
    private static List<Path> leftOver(StackHome home) {
        var files = home.data().resolve("run").toFile().listFiles();
        if (files == null) {
            return List.of();
        }
        return Arrays.stream(files)
                .map(File::toPath)
                .sorted(
                        Comparator.comparing((Path f) ->
                                        f.getFileName().toString().startsWith("postgres"))
                                .thenComparing(Path::toString))
                .toList();
    }
}
