// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;

/** How libraries log on the command line: warnings and worse, a line each, without Java's words. */
public final class PlainLogging extends Handler {
    /** Vert.x's logger that tells of threads that had to wait; its class is elsewhere. */
    static final String WATCHING = "io.vertx.core.impl.BlockedThreadChecker";

    private final boolean traces = System.getenv("SKEIN_STACKTRACE") != null;

    /** For the JVM, which makes one by its name. */
    public PlainLogging() {}

    /** From now on; nothing is loaded before something is logged. */
    static void install() {
        System.setProperty("java.util.logging.config.class", Setup.class.getName());
    }

    /** What the JVM makes when something is logged first. */
    public static final class Setup {
        public Setup() throws IOException {
            read(LogManager.getLogManager());
        }

        static void read(LogManager manager) throws IOException {
            var lines =
                    "handlers="
                            + PlainLogging.class.getName()
                            + "\n.level=WARNING\n"
                            + WATCHING // a busy machine is no mistake
                            + ".level=OFF\n";
            var in = new ByteArrayInputStream(lines.getBytes(StandardCharsets.ISO_8859_1));
            manager.readConfiguration(in);
        }
    }

    @Override
    public void publish(LogRecord entry) {
        if (!isLoggable(entry)) {
            return;
        }
        var thrown = entry.getThrown();
        var cause = thrown == null ? "" : " (" + thrown.getMessage() + ")";
        System.err.println("Note: " + new SimpleFormatter().formatMessage(entry) + cause);
        if (traces && thrown != null) {
            thrown.printStackTrace();
        }
    }

    @Override
    public void flush() {
        System.err.flush();
    }

    @Override
    public void close() {
        flush();
    }
}
