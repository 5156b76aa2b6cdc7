// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.run;

import dev.skein.engine.event.Directive;
import org.jboss.logging.MDC;

/** The fixed keys of log lines about one piece of work: fields of their own in JSON logs. */
final class LogKeys implements AutoCloseable {
    private LogKeys() {}

    /** Until closed, lines of this thread carry them. */
    static LogKeys of(Directive directive) {
        MDC.put("rollout", directive.rollout());
        MDC.put("database", directive.uid());
        MDC.put("generation", String.valueOf(directive.generation()));
        return new LogKeys();
    }

    /** The database's name, once it is known. */
    static void database(String name) {
        MDC.put("database", name);
    }

    @Override
    public void close() {
        MDC.remove("rollout");
        MDC.remove("database");
        MDC.remove("generation");
    }
}
