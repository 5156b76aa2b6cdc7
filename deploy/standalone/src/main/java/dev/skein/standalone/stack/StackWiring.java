// SPDX-License-Identifier: Apache-2.0
package dev.skein.standalone.stack;

import java.util.Map;

/** How the programs of a stack reach its servers, and what they are told besides. */
public interface StackWiring {
    /** Straight, and nothing besides. */
    StackWiring STRAIGHT = new StackWiring() {};

    /**
     * The port under which a program reaches a server.
     *
     * @param program for example {@code agent-eu-1}
     * @param server {@code kafka}, or {@code postgres-} with a site or {@code control}
     * @param port where the server listens
     */
    default int port(String program, String server, int port) {
        return port;
    }

    /**
     * Settings of a part on top of the stack's: of a program its environment, of a PostgreSQL
     * server its parameters.
     */
    default Map<String, String> settings(String part) {
        return Map.of();
    }
}
