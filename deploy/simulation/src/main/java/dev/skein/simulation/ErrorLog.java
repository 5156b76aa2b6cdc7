// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation;

import dev.skein.simulation.control.StoreTrouble;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What the control plane logs as an error while histories run, by the thread that runs one: what it
 * must not throw shows nowhere else. The rest nobody reads here; whoever replays one sees its
 * trace. Closed, it leaves logging as it was.
 */
final class ErrorLog extends Handler implements AutoCloseable {
    private static final Logger HEARD = Logger.getLogger("dev.skein");

    private final ThreadLocal<List<String>> lines = ThreadLocal.withInitial(ArrayList::new);
    private final @Nullable Level before = HEARD.getLevel();
    private final boolean passesOn = HEARD.getUseParentHandlers();

    /** Hears all that is logged from now on. */
    static ErrorLog open() {
        var log = new ErrorLog();
        HEARD.setLevel(Level.SEVERE);
        HEARD.setUseParentHandlers(false);
        HEARD.addHandler(log);
        return log;
    }

    /** What this thread has logged since it was last asked. */
    List<String> taken() {
        var taken = List.copyOf(lines.get());
        lines.get().clear();
        return taken;
    }

    /** A database that does not answer is what histories are made of. */
    @Override
    public void publish(LogRecord logged) {
        var thrown = logged.getThrown();
        if (logged.getLevel().intValue() >= Level.SEVERE.intValue()
                && !(thrown instanceof StoreTrouble.Refused)) {
            lines.get().add(logged.getMessage() + (thrown == null ? "" : ": " + thrown));
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        HEARD.removeHandler(this);
        HEARD.setUseParentHandlers(passesOn);
        HEARD.setLevel(before);
    }
}
