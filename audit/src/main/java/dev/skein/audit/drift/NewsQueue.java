// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.drift;

import dev.skein.audit.log.OwnEntries;
import dev.skein.service.database.BatchRows;
import dev.skein.service.database.Db;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** News of findings that wait to be appended to the log. */
public final class NewsQueue {
    private static final int SOME = 500;

    private NewsQueue() {}

    /** Adds to the news, in their order. */
    static void put(Db.Tx tx, List<OwnEntries.Own> news) {
        var rows = new BatchRows<>(news);
        tx.query(
                """
                INSERT INTO finding_news(uid, type, payload, actor, at)
                SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[])
                """,
                rows.texts(own -> Objects.requireNonNull(own.uid())),
                rows.texts(OwnEntries.Own::type),
                rows.texts(OwnEntries.Own::payload),
                rows.texts(OwnEntries.Own::actor),
                rows.times(own -> own.at().atOffset(ZoneOffset.UTC)));
    }

    /** Takes the news, oldest first; what is taken is to be appended by the same transaction. */
    public static List<OwnEntries.Own> take(Db.Tx tx) {
        var ids = new ArrayList<Long>();
        var news =
                tx.list(
                        """
                        SELECT id, uid, type, payload, actor, at FROM finding_news
                        ORDER BY id LIMIT %s FOR UPDATE
                        """
                                .formatted(SOME),
                        row -> {
                            ids.add(row.getLong(0));
                            return OwnEntries.Own.finding(
                                    row.getString(1),
                                    row.getString(2),
                                    row.getString(3),
                                    row.getString(4),
                                    row.getOffsetDateTime(5).toInstant());
                        });
        if (!ids.isEmpty()) {
            tx.query(
                    "DELETE FROM finding_news WHERE id = ANY ($1)",
                    (Object) ids.toArray(Long[]::new));
        }
        return news;
    }
}
