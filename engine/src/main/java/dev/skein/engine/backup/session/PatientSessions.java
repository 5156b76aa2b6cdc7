// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup.session;

import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.PgSession;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** Sessions for work that takes hours, whatever a role's or a database's time-outs are. */
public final class PatientSessions {
    /** What sessions of a restore are called in {@code pg_stat_activity}. */
    public static final String RESTORE = "skein restore";

    private static final Duration QUERY_TIMEOUT = Duration.ofMinutes(1);
    private static final int TRANSACTION_TIMEOUT = 17;

    private static final Map<String, String> SETTINGS =
            Map.of(
                    "statement_timeout", "0",
                    "lock_timeout", "0",
                    "idle_in_transaction_session_timeout", "0",
                    "idle_session_timeout", "0");

    private PatientSessions() {}

    public static PgSession open(PgClient client, DatabaseAddress address) {
        return open(client, address, RESTORE);
    }

    public static PgSession open(PgClient client, DatabaseAddress address, String application) {
        var session = client.open(address, application, SETTINGS);
        if (session.major() >= TRANSACTION_TIMEOUT) {
            session.script("SET transaction_timeout = 0", QUERY_TIMEOUT);
        }
        return session;
    }

    /** The same for PostgreSQL's programs, as PGOPTIONS has it. */
    public static String options(int major) {
        return SETTINGS.keySet().stream()
                        .sorted()
                        .map(name -> "-c " + name + "=0")
                        .collect(Collectors.joining(" "))
                + (major >= TRANSACTION_TIMEOUT ? " -c transaction_timeout=0" : "");
    }
}
