// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.postgres;

import java.time.Duration;
import java.util.Map;

/**
 * The bounds of sessions that only ask, against whatever a role or a database has: behind a long
 * ALTER they give up at once, and nothing of them goes on for long when nobody listens any more.
 */
public final class BriefSessions {
    /** How long the server lets a statement run. */
    public static final Duration STATEMENT = Duration.ofMinutes(1);

    /** What to open such a session with. */
    public static final Map<String, String> SETTINGS =
            Map.of(
                    "lock_timeout", "2s",
                    "statement_timeout", STATEMENT.toSeconds() + "s",
                    "idle_in_transaction_session_timeout", "5min");

    private BriefSessions() {}
}
