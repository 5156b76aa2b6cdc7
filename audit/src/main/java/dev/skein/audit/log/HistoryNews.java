// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.log;

import dev.skein.audit.log.OwnEntries.Own;
import dev.skein.engine.Json;
import dev.skein.service.database.Db;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Brings into the log itself that a history of it has a fork, or a gap that lasts, and that this is
 * over: whoever verifies an export must not take a history that stopped for a whole one.
 */
@ApplicationScoped
public class HistoryNews {
    private static final int SOME = 200;
    private static final String NEWS =
            """
            SELECT id, state, next_seq FROM source
            WHERE state <> 'live' AND told IS DISTINCT FROM state
              AND (state = 'fork'
                   OR coalesce(since, '-infinity') <= now() - make_interval(secs => $1))
            UNION ALL
            SELECT id, state, next_seq FROM source WHERE told IS NOT NULL AND state = 'live'
            ORDER BY id LIMIT $2\
            """;

    private final OwnEntries own;

    public HistoryNews(OwnEntries own) {
        this.own = own;
    }

    private record News(String source, String state, long next) {
        Own entry(Instant at) {
            var type =
                    switch (state) {
                        case "fork" -> "source.Forked";
                        case "gap" -> "source.Missing";
                        default -> "source.GoesOn";
                    };
            return Own.ofSource(source, type, Json.text(new Payload(source, next)), at);
        }
    }

    /** What is told: at which number. */
    private record Payload(String source, long at) {}

    /**
     * Appends what is not told yet.
     *
     * @param patience for what is missing and may be on its way
     * @return how many entries
     */
    public int append(Db.Tx tx, Duration patience, Instant at) {
        if (news(tx, patience).isEmpty()) {
            return 0; // without the lock that appending needs
        }
        tx.query("SELECT FROM log_state FOR UPDATE");
        var news = news(tx, patience); // as it is now that nobody else appends
        var done = own.append(tx, news.stream().map(one -> one.entry(at)).toList());
        HistoryStates.told(tx, news.stream().map(News::source).toList());
        return done.entries();
    }

    private static List<News> news(Db.Tx tx, Duration patience) {
        return tx.list(
                NEWS,
                row -> new News(row.getString(0), row.getString(1), row.getLong(2)),
                patience.toMillis() / 1000.0,
                SOME);
    }
}
