// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.store;

import dev.skein.engine.event.Directive;
import dev.skein.service.database.Db;
import io.vertx.sqlclient.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The targets of a rollout that get a directive next, with all that it says; locked, some hundreds
 * in one statement. Each table is asked by its key for each of them, whatever the server believes
 * about the rows of a rollout that is new to it.
 */
final class NextTargets {
    /** A change by hand that was adopted counts if it is what was last seen. */
    private static final String FOUND =
            """
            WITH next AS MATERIALIZED (%s)
            SELECT n.tid::text, n.uid, n.site, n.path, n.restore, n.path <@ r.additive, n.heads,
                greatest(coalesce(d.generation, 0), coalesce(f.accepted, 0)) + 1, a.observed
            FROM next n
            JOIN rollout r ON r.id = n.rollout
            LEFT JOIN directive d ON d.uid = n.uid
            LEFT JOIN fleet_database f ON f.uid = n.uid
            LEFT JOIN drift_rule a ON a.uid = f.uid AND a.observed = f.observed AND a.until IS NULL
            ORDER BY n.uid
            """;

    private static final String PENDING =
            FOUND.formatted(
                    """
                    SELECT ctid AS tid, rollout, uid, site, path, restore, heads FROM rollout_target
                    WHERE rollout = $1 AND wave = $2 AND state = 'pending'
                    ORDER BY place LIMIT $3 FOR UPDATE\
                    """);

    private static final String OPEN =
            FOUND.formatted(
                    """
                    SELECT t.* FROM wave_tally w CROSS JOIN LATERAL (
                        SELECT ctid AS tid, rollout, uid, site, path, restore, heads FROM rollout_target r
                        WHERE r.rollout = w.rollout AND r.wave = w.wave AND state = 'open'
                        ORDER BY place DESC LIMIT $2 FOR UPDATE
                    ) t
                    WHERE w.rollout = $1 AND w.open > 0
                    ORDER BY w.wave LIMIT $2\
                    """);

    private NextTargets() {}

    /**
     * One of them.
     *
     * @param row where its row is, for as long as it is locked
     * @param generation of its next directive
     * @param adopted a change by hand that was adopted, and is what was last seen; null for none
     */
    record Next(
            String row,
            String uid,
            String site,
            DirectiveContent.Target target,
            long generation,
            @Nullable String adopted) {
        /** Its next directive. */
        Directive directive(DirectiveContent.Order order, Directive.Action action) {
            return DirectiveContent.directive(order, target, uid, generation, action, adopted);
        }
    }

    /** The next ones of a wave that wait. */
    static List<Next> pending(Db.Tx tx, String rollout, int wave, int most) {
        return tx.list(PENDING, NextTargets::next, rollout, wave, most);
    }

    /**
     * Those whose directives are open and not held; the last that were opened first, which may not
     * even be on their way.
     */
    static List<Next> open(Db.Tx tx, String rollout, int most) {
        return tx.list(OPEN, NextTargets::next, rollout, most);
    }

    private static Next next(Row row) {
        var heads = row.getArrayOfStrings(6);
        var target =
                new DirectiveContent.Target(
                        List.of(row.getArrayOfStrings(3)),
                        row.getString(4),
                        row.getBoolean(5),
                        heads == null ? null : List.of(heads));
        return new Next(
                row.getString(0),
                row.getString(1),
                row.getString(2),
                target,
                row.getLong(7),
                row.getString(8));
    }
}
