// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.drift;

import dev.skein.engine.event.DatabaseReport;
import dev.skein.engine.postgres.Db;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/** Which databases there are, and whether the log has all that they say they have written. */
@ApplicationScoped
public class Fleet {
    private static final String AHEAD =
            "$5::text IS NOT NULL AND $6 >= coalesce((SELECT next_seq FROM source WHERE id = 'db/'"
                    + " || $1 || '/' || $5), 1)";

    /** A database whose entries are missing from the log. */
    public record Missing(String uid, String site, long from) {}

    /** Notes what an agent reports. */
    void put(Db.Tx tx, DatabaseReport report) {
        tx.query(
                "INSERT INTO fleet AS f (uid, site, server, name, incarnation, seq, problem,"
                        + " ahead_since) VALUES ($1, $2, $3, $4, $5, $6, $7, CASE WHEN "
                        + AHEAD
                        + " THEN now() END) ON CONFLICT (uid) DO UPDATE SET site = excluded.site,"
                        + " server = excluded.server, name = excluded.name, incarnation ="
                        + " excluded.incarnation, seq = excluded.seq, problem = excluded.problem,"
                        + " ahead_since = CASE WHEN "
                        + AHEAD
                        + " THEN coalesce(f.ahead_since, now()) END",
                report.uid(),
                report.site(),
                report.server(),
                report.name(),
                report.incarnation(),
                report.seq(),
                report.problem());
    }

    /**
     * Takes the databases whose entries have been missing for long, or have a gap, and were not
     * asked for lately; they count as asked for.
     *
     * @param patience for entries that are on their way
     */
    public List<Missing> missing(Db.Tx tx, Duration patience) {
        tx.query(
                "UPDATE fleet f SET ahead_since = NULL, asked_at = NULL FROM source s WHERE"
                        + " f.ahead_since IS NOT NULL AND s.id = 'db/' || f.uid || '/' ||"
                        + " f.incarnation AND s.next_seq > f.seq AND s.state = 'live'");
        return tx.list(
                "UPDATE fleet f SET asked_at = now() FROM (SELECT f.uid, coalesce(s.next_seq, 1) AS"
                    + " next FROM fleet f LEFT JOIN source s ON s.id = 'db/' || f.uid || '/' ||"
                    + " f.incarnation WHERE (f.ahead_since < now() - make_interval(secs => $1) OR"
                    + " s.state = 'gap') AND (f.asked_at IS NULL OR f.asked_at < now() -"
                    + " make_interval(secs => $1)) AND coalesce(s.state, 'gap') <> 'fork' AND"
                    + " f.problem IS NULL LIMIT 20) AS m WHERE m.uid = f.uid RETURNING f.uid,"
                    + " f.site, m.next",
                row -> new Missing(row.getString(0), row.getString(1), row.getLong(2)),
                patience.toMillis() / 1000.0);
    }
}
