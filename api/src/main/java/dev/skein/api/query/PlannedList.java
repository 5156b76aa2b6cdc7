// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.query;

import dev.skein.api.query.RollbackPlanView.PlannedRow;
import dev.skein.service.database.Db;
import dev.skein.service.page.ListPage;
import dev.skein.service.page.PageCursor;
import io.vertx.sqlclient.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The databases of plans, each with its way, page by page: of long ways a page has fewer. */
final class PlannedList {
    /** So many revisions are on a page at most, as far as one database has no more. */
    private static final int STEPS = 8_000;

    private static final String LIST = "databases of the plan of ";

    private static final String READ =
            """
            SELECT t.wave, t.place, t.uid, t.site, t.name, w.name, t.path, t.restore, t.heads
            FROM rollout_target t
            JOIN wave_tally w USING (rollout, wave)
            WHERE t.rollout = $1 AND (t.wave, t.place) > ($2::integer, $3::integer)
            ORDER BY t.wave, t.place
            LIMIT $4
            """;

    private PlannedList() {}

    private record Placed(int wave, int place, PlannedRow row) {}

    /**
     * A page.
     *
     * @param revisions how many its bundle has: no way is longer
     * @param after where the page before ended; empty for the first
     */
    static ListPage<PlannedRow> page(
            Db.Tx tx, String rollout, int revisions, int limit, String after) {
        int size = Math.min(ListPage.size(limit), Math.max(1, STEPS / Math.max(1, revisions)));
        var list = LIST + rollout;
        var from = after.isEmpty() ? List.of(-1, 0) : PageCursor.parse(after, list, 2).numbers();
        var rows =
                tx.list(
                        READ,
                        PlannedList::placed,
                        rollout,
                        from.getFirst(),
                        from.getLast(),
                        size + 1);
        var page = ListPage.of(rows, size, row -> cursor(list, row));
        return new ListPage<>(page.rows().stream().map(Placed::row).toList(), page.next());
    }

    private static Placed placed(Row row) {
        int n = 2;
        return new Placed(
                row.getInteger(0),
                row.getInteger(1),
                new PlannedRow(
                        row.getString(n++),
                        row.getString(n++),
                        row.getString(n++),
                        row.getString(n++),
                        List.of(row.getArrayOfStrings(n++)),
                        row.getString(n++),
                        list(row.getArrayOfStrings(n))));
    }

    private static @Nullable List<String> list(String @Nullable [] texts) {
        return texts == null ? null : List.of(texts);
    }

    private static PageCursor cursor(String list, Placed row) {
        return new PageCursor(
                list, List.of(String.valueOf(row.wave()), String.valueOf(row.place())));
    }
}
