// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli;

import dev.skein.agent.cli.common.Output;
import dev.skein.engine.SkeinException;
import java.util.function.IntSupplier;

/**
 * Where the program ends: whatever was thrown becomes a sentence and an exit code. Java's own words
 * are for those who ask for them.
 */
final class ProgramEnd {
    private static final boolean TRACES = System.getenv("SKEIN_STACKTRACE") != null;

    private final Output out;

    ProgramEnd(Output out) {
        this.out = out;
    }

    /** Other threads end here, too; and what libraries log. */
    void guardThreads() {
        PlainLogging.install();
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> report(e));
    }

    /** Runs the program. Errors of the JVM, such as no memory, are caught as well. */
    int run(IntSupplier program) {
        try {
            return program.getAsInt();
        } catch (Throwable e) { // nothing stands above
            return report(e);
        }
    }

    /** Says what was thrown; gives the exit code. */
    int report(Throwable e) {
        if (TRACES) {
            e.printStackTrace(out.talk());
        }
        if (e instanceof SkeinException known) {
            return say(known);
        }
        return say(
                SkeinException.failed(
                        "Skein",
                        "a mistake of its own: " + inWords(e),
                        "SKEIN_STACKTRACE=1 shows where; please report it"));
    }

    private int say(SkeinException e) {
        out.error(e);
        return e.code().exitCode();
    }

    private static String inWords(Throwable e) {
        if (e instanceof OutOfMemoryError) {
            return "there is not enough memory";
        }
        var message = e.getMessage();
        return e.getClass().getSimpleName() + (message == null ? "" : " (" + message + ")");
    }
}
