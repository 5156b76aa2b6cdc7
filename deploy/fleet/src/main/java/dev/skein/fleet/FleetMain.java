// SPDX-License-Identifier: Apache-2.0
package dev.skein.fleet;

import dev.skein.engine.SkeinException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** The command: sizes of fleets, a stack of its own for each, a table in the end. */
public final class FleetMain {
    private static final int PARALLEL = 1000;
    private static final int MOST = 1_000_000;

    private FleetMain() {}

    /** Exit code 0 where all was measured, 2 for wrong words. */
    public static void main(String[] words) throws IOException, InterruptedException {
        try {
            var all = new ArrayList<FleetFigures>();
            for (int size : sizes(words)) {
                all.add(run(System.getProperty("skein.root", "."), size, PARALLEL));
                System.out.print(FleetFigures.table(all));
            }
        } catch (SkeinException e) {
            System.err.println("Error: " + e.getMessage());
            System.exit(e.code().exitCode());
        }
    }

    static List<Integer> sizes(String... words) {
        var sizes = new ArrayList<Integer>();
        for (var word : words) {
            if (!word.matches("[1-9]\\d{0,6}") || Integer.parseInt(word) > MOST) {
                throw SkeinException.usage(
                        "'" + word + "'", "it is no size of a fleet", "Write 1 to " + MOST);
            }
            sizes.add(Integer.parseInt(word));
        }
        if (sizes.isEmpty()) {
            throw SkeinException.usage("Sizes", "there are none", "Write 1000, for example");
        }
        return sizes;
    }

    /** The same for one size. */
    static FleetFigures run(String root, int size, int parallel)
            throws IOException, InterruptedException {
        say("%,d databases".formatted(size));
        var run =
                new FleetRun(
                        Path.of(root).toAbsolutePath().normalize(), size, parallel, FleetMain::say);
        var hook = new Thread(run::close);
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return run.run();
        } finally {
            run.close();
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }

    private static void say(String line) {
        System.out.println("%tT %s".formatted(LocalTime.now(ZoneId.systemDefault()), line));
    }
}
