// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import java.util.HashMap;
import java.util.Map;

/** What a migrating session is started with; RESET in a script comes back to these. */
final class SessionSettings {

    /**
     * A stopped holder loses its session, and with it the lock, after half a minute; a statement
     * whose client is gone is given up by the server.
     */
    private static final Map<String, String> ALWAYS =
            Map.of(
                    "idle_session_timeout", "30s",
                    "idle_in_transaction_session_timeout", "30s",
                    "client_connection_check_interval", "5s",
                    "standard_conforming_strings", "on",
                    "client_min_messages", "warning");

    private SessionSettings() {}

    static Map<String, String> of(Order order) {
        var settings = new HashMap<>(ALWAYS);
        settings.put("lock_timeout", String.valueOf(order.limits().lockTimeout().toMillis()));
        settings.put(
                "statement_timeout", String.valueOf(order.limits().statementTimeout().toMillis()));
        if (!order.scope().isDatabase()) {
            settings.put("search_path", order.scope().searchPath());
        } else if (order.address().user().equals("skein")) {
            // "$user" would lead a role named like our schema into the journal.
            settings.put("search_path", "public");
        }
        return settings;
    }
}
