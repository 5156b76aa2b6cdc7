// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults;

import dev.skein.engine.SkeinException;
import dev.skein.engine.server.DisposableFolder;
import dev.skein.faults.world.StackUnderFaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalTime;
import java.time.ZoneId;

/** The command: a stack of its own in a new folder, faults by seed, a table in the end. */
public final class FaultsMain {
    private FaultsMain() {}

    /** Exit code 0 where all held, 1 where it did not, 2 for wrong words. */
    public static void main(String[] words) throws IOException, InterruptedException {
        int code;
        try {
            code = run(FaultOptions.parse(words));
        } catch (SkeinException e) {
            System.err.println("Error: " + e.getMessage());
            code = e.code().exitCode();
        }
        System.exit(code);
    }

    private static int run(FaultOptions options) throws IOException, InterruptedException {
        var report = run(options, System.getProperty("skein.root", "."));
        System.out.print(report.text());
        return report.violations().isEmpty() ? 0 : 1;
    }

    /** The same for whoever wants the report. */
    static FaultReport run(FaultOptions options, String root)
            throws IOException, InterruptedException {
        var data = DisposableFolder.create("skein-faults");
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
        say("seed " + options.seed() + "; a stack in " + data);
        var world =
                new StackUnderFaults(
                        Path.of(root).toAbsolutePath().normalize(), data, FaultsMain::say);
        var hook = new Thread(world::close);
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            world.start();
            var report = new FaultHarness(world, options, FaultsMain::say).run();
            Runtime.getRuntime().removeShutdownHook(hook);
            world.close();
            if (report.violations().isEmpty()) {
                world.forget();
            }
            return report;
        } finally {
            world.close();
        }
    }

    private static void say(String line) {
        System.out.println("%tT %s".formatted(LocalTime.now(ZoneId.systemDefault()), line));
    }
}
