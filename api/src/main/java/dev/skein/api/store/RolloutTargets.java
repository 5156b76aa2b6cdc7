// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.store;

import dev.skein.api.rollout.PlanRows;
import dev.skein.api.rollout.RolloutPlan.Member;
import dev.skein.api.rollout.RolloutPlan.SetAside;
import dev.skein.engine.Json;
import dev.skein.engine.event.Directive;
import dev.skein.service.database.BatchRows;
import dev.skein.service.database.Db;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The states of rollouts' targets: the table {@code rollout_target}, which nobody else writes. And
 * {@code plan_aside}: what else was selected, and is left alone.
 *
 * <pre>
 *   pending ─open→ open ─outcome→ succeeded | failed | aside
 *      ↑            │
 *      └─answered─ holding
 * </pre>
 */
final class RolloutTargets {
    private static final String SKIP =
            """
            WITH t AS (
                SELECT rollout, uid, wave, state FROM rollout_target WHERE rollout = $1 AND uid = ANY ($2)
                    AND state IN ('pending', 'open', 'holding', 'failed') ORDER BY uid FOR UPDATE
            ), changed AS (
                UPDATE rollout_target r SET state = 'aside', skipped = true, signature = NULL, message = $3, changed_at = now()
                FROM t WHERE r.rollout = t.rollout AND r.uid = t.uid
            ), %s, %s
            """
                    .formatted(DirectiveRows.CLOSED, WaveTallies.SKIPPED);

    private static final String SET_ASIDE =
            """
            WITH t AS (
                SELECT rollout, uid, wave, state FROM rollout_target WHERE rollout = $1 AND wave < $2
                    AND state IN ('pending', 'open', 'holding') ORDER BY uid FOR UPDATE
            ), changed AS (
                UPDATE rollout_target r SET state = 'aside', signature = NULL, message = $3, changed_at = now()
                FROM t WHERE r.rollout = t.rollout AND r.uid = t.uid
            ), %s, %s
            """
                    .formatted(DirectiveRows.CLOSED, WaveTallies.SET_ASIDE);

    private static final String END =
            """
            WITH t AS (
                SELECT r.rollout, r.uid, r.wave, r.state AS was, o.state, o.signature, o.message, o.millis
                FROM rollout_target r JOIN unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[])
                    AS o(uid, rollout, state, signature, message, millis) USING (rollout, uid)
            ), changed AS (
                UPDATE rollout_target r SET state = t.state, signature = t.signature, message = t.message,
                    millis = t.millis, changed_at = now()
                FROM t WHERE r.rollout = t.rollout AND r.uid = t.uid
            ), %s, %s
            """
                    .formatted(DirectiveRows.CLOSED, WaveTallies.ENDED);

    private static final String ISSUE =
            """
            WITH t AS MATERIALIZED (
                SELECT $1::text AS rollout, $2::text AS state, uid, site, generation, payload
                FROM unnest($3::text[], $4::text[], $5::bigint[], $6::text[]) AS o(uid, site, generation, payload)
            ), changed AS (
                UPDATE rollout_target r SET state = t.state, generation = t.generation, changed_at = now()
                FROM t WHERE r.ctid = ANY (ARRAY(SELECT unnest($7::text[])::tid)) AND r.uid = t.uid
                RETURNING r.rollout, r.wave, r.state
            ), %s, %s
            """
                    .formatted(DirectiveRows.ISSUED, WaveTallies.OPENED);

    private static final String PLACE =
            """
            INSERT INTO rollout_target(rollout, uid, wave, place, site, name, path, restore, heads)
            SELECT $1, m.uid, m.wave, m.place, m.site, m.name,
                string_to_array(($2::text[])[m.way], ','), m.restore, string_to_array(m.heads, ',')
            FROM unnest($3::integer[], $4::integer[], $5::text[], $6::text[], $7::text[], $8::integer[],
                $9::text[], $10::text[]) AS m(wave, place, uid, site, name, way, restore, heads)
            """;

    private static final String LEAVE =
            """
            INSERT INTO plan_aside(rollout, place, uid, site, name, reason)
            SELECT $1, * FROM unnest($2::integer[], $3::text[], $4::text[], $5::text[], $6::text[])
            """;

    private RolloutTargets() {}

    /** Where the databases of a plan that is made become rows, some hundred in a statement. */
    static PlanRows rows(Db.Tx tx, String rollout) {
        return new Batches(tx, rollout);
    }

    /** Rows that are not sent yet. */
    private static final class Batches implements PlanRows {
        private static final int MOST = 1_000;

        private record Placed(int wave, int place, Member member) {}

        private record Left(int place, SetAside of) {}

        private final Db.Tx tx;
        private final String rollout;
        private final List<Placed> placed = new ArrayList<>();
        private final List<Left> left = new ArrayList<>();

        Batches(Db.Tx tx, String rollout) {
            this.tx = tx;
            this.rollout = rollout;
        }

        @Override
        public void member(int wave, int place, Member member) {
            placed.add(new Placed(wave, place, member));
            if (placed.size() == MOST) {
                sendPlaced();
            }
        }

        @Override
        public void aside(int place, SetAside aside) {
            left.add(new Left(place, aside));
            if (left.size() == MOST) {
                sendLeft();
            }
        }

        @Override
        public void end() {
            sendPlaced();
            sendLeft();
            tx.settle();
        }

        /** Many go the same way: it is said once. */
        private void sendPlaced() {
            var ways = new LinkedHashMap<List<String>, Integer>();
            placed.forEach(p -> ways.putIfAbsent(p.member().path(), ways.size() + 1));
            var rows = new BatchRows<>(placed);
            tx.send(
                    PLACE,
                    rollout,
                    ways.keySet().stream().map(RolloutTargets::joined).toArray(String[]::new),
                    rows.integers(Placed::wave),
                    rows.integers(Placed::place),
                    rows.texts(p -> p.member().uid()),
                    rows.texts(p -> p.member().site()),
                    rows.texts(p -> p.member().name()),
                    rows.integers(p -> ways.getOrDefault(p.member().path(), 0)),
                    rows.texts(p -> p.member().restore()),
                    rows.texts(p -> joined(p.member().heads())));
            placed.clear();
        }

        private void sendLeft() {
            var rows = new BatchRows<>(left);
            tx.send(
                    LEAVE,
                    rollout,
                    rows.integers(Left::place),
                    rows.texts(l -> l.of().uid()),
                    rows.texts(l -> l.of().site()),
                    rows.texts(l -> l.of().name()),
                    rows.texts(l -> l.of().reason()));
            left.clear();
        }
    }

    private static @Nullable String joined(@Nullable List<String> ids) {
        return ids == null ? null : String.join(",", ids);
    }

    /**
     * Sends directives to targets of a rollout, all to do the same.
     *
     * @param targets whose rows are locked
     */
    static void issue(
            Db.Tx tx,
            DirectiveContent.Order order,
            Directive.Action action,
            List<NextTargets.Next> targets) {
        var directives = targets.stream().map(next -> next.directive(order, action)).toList();
        tx.query(
                ISSUE,
                order.rollout(),
                action == Directive.Action.HOLD ? "holding" : "open",
                directives.stream().map(Directive::uid).toArray(String[]::new),
                targets.stream().map(NextTargets.Next::site).toArray(String[]::new),
                directives.stream().map(Directive::generation).toArray(Long[]::new),
                directives.stream().map(Json::text).toArray(String[]::new),
                targets.stream().map(NextTargets.Next::row).toArray(String[]::new));
    }

    /** Gives targets up, and closes their directives. */
    static void skip(Db.Tx tx, String rollout, List<String> uids, String message) {
        tx.query(SKIP, rollout, uids.toArray(String[]::new), message);
    }

    /** Sets aside what is not through of the waves before one, and closes the directives. */
    static void setAside(Db.Tx tx, String rollout, int before, String message) {
        tx.query(SET_ASIDE, rollout, before, message);
    }

    /** Writes how targets ended, and closes their directives. */
    static void end(Db.Tx tx, List<DirectiveOutcome> outcomes) {
        tx.query(END, columns(outcomes));
    }

    private static @Nullable Object[] columns(List<DirectiveOutcome> o) {
        return new @Nullable Object[] {
            o.stream().map(DirectiveOutcome::uid).toArray(String[]::new),
            o.stream().map(DirectiveOutcome::rollout).toArray(String[]::new),
            o.stream().map(x -> x.end().state()).toArray(String[]::new),
            o.stream().map(DirectiveOutcome::signature).toArray(String[]::new),
            o.stream().map(DirectiveOutcome::message).toArray(String[]::new),
            o.stream().map(DirectiveOutcome::millis).toArray(Long[]::new),
        };
    }

    /** Puts targets of a wave back to waiting that failed, or were set aside. */
    static void retry(Db.Tx tx, String rollout, int wave, boolean failed, boolean aside) {
        tx.query(
                """
                UPDATE rollout_target
                SET state = 'pending', generation = NULL, changed_at = now()
                WHERE rollout = $1
                    AND wave = $2
                    AND (state = 'failed' AND $3 OR state = 'aside' AND NOT skipped AND $4)
                """,
                rollout,
                wave,
                failed,
                aside);
    }

    /** Has those that were to stop count as open. */
    static void unhold(Db.Tx tx, String rollout) {
        tx.query(
                """
                UPDATE rollout_target SET state = 'open' WHERE rollout = $1 AND state = 'holding'
                """,
                rollout);
    }
}
