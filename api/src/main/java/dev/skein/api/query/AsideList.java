// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.query;

import dev.skein.api.query.RollbackPlanView.AsideRow;
import dev.skein.service.database.Db;
import dev.skein.service.page.ListPage;
import dev.skein.service.page.PageCursor;
import java.util.List;

/** What plans leave alone, page by page: rows, or a part of an older plan. */
final class AsideList {
    private static final String LIST = "what is set aside of ";

    private static final String READ =
            """
            (
                SELECT place, uid, site, name, reason FROM plan_aside
                WHERE rollout = $1 AND place > $2
                ORDER BY place LIMIT $3
            ) UNION ALL (
                SELECT a.n::int, a.j ->> 'uid', a.j ->> 'site', a.j ->> 'name', a.j ->> 'reason'
                FROM rollout r
                CROSS JOIN jsonb_array_elements(r.plan -> 'setAside') WITH ORDINALITY AS a(j, n)
                WHERE r.id = $1 AND r.summary IS NULL AND a.n > $2
                ORDER BY a.n LIMIT $3
            )
            ORDER BY 1 LIMIT $3
            """;

    private AsideList() {}

    private record Placed(int place, AsideRow row) {}

    /**
     * A page.
     *
     * @param after where the page before ended; empty for the first
     */
    static ListPage<AsideRow> page(Db.Tx tx, String rollout, int limit, String after) {
        int size = ListPage.size(limit);
        var list = LIST + rollout;
        int from = after.isEmpty() ? 0 : PageCursor.parse(after, list, 1).numbers().getFirst();
        var rows =
                tx.list(
                        READ,
                        row ->
                                new Placed(
                                        row.getInteger(0),
                                        new AsideRow(
                                                row.getString(1),
                                                row.getString(2),
                                                row.getString(3),
                                                row.getString(4))),
                        rollout,
                        from,
                        size + 1);
        var page = ListPage.of(rows, size, row -> cursor(list, row));
        return new ListPage<>(page.rows().stream().map(Placed::row).toList(), page.next());
    }

    private static PageCursor cursor(String list, Placed row) {
        return new PageCursor(list, List.of(String.valueOf(row.place())));
    }
}
