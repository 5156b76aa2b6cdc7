// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.session;

/** What the watcher asks a server, and tells it. */
final class WatchQuestions {
    private WatchQuestions() {}

    /** Who waits, for whom, and behind whom. */
    static String waiting(String pids) {
        return """
        SELECT o.pid, o.xact_start::text AS xact,
          o.wait_event_type IS NOT DISTINCT FROM 'Lock' AS waits,
          (SELECT count(DISTINCT w.pid) FROM pg_locks w
            WHERE NOT w.granted AND o.pid = ANY (pg_blocking_pids(w.pid))) AS queued,
          (SELECT format('process %%s (%%s, for %%s s)', b.pid,
              coalesce(nullif(b.application_name, ''), 'unnamed'),
              extract(epoch FROM now() - b.xact_start)::int)
            FROM pg_stat_activity b WHERE b.pid = ANY (pg_blocking_pids(o.pid))
            ORDER BY b.xact_start LIMIT 1) AS blocker
        FROM pg_stat_activity o WHERE o.pid IN (%s)
        """
                .formatted(pids);
    }

    /** Cancels what the process runs, unless that is over by now. */
    static String cancel(String pid, String transaction) {
        return """
        SELECT pg_cancel_backend(pid) FROM pg_stat_activity
        WHERE pid = %s AND xact_start::text IS NOT DISTINCT FROM %s
        """
                .formatted(pid, transaction);
    }
}
