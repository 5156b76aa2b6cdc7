// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.store;

import dev.skein.engine.event.Topics;
import dev.skein.service.database.Db;
import java.util.List;

/**
 * The newest directive of each database: the table {@code directive}, which nobody else writes.
 * Where many change at once, they are locked in the order of their databases: who sends, who reads
 * answers and who opens places meet here.
 */
public final class DirectiveRows {
    /** Closes those of targets {@code t}, as a part of the statement by which these end. */
    static final String CLOSED =
            """
            closing AS MATERIALIZED (
                SELECT d.uid FROM directive d JOIN t ON d.uid = t.uid AND d.rollout = t.rollout
                ORDER BY d.uid FOR UPDATE OF d
            ), closed AS (
                UPDATE directive d SET payload = NULL, published = false, due_at = now()
                FROM closing WHERE d.uid = closing.uid
            )\
            """;

    private static final String LONGEST = "interval '24 hours'";

    /** An agent that was heard of since then is at what it said. */
    private static final String ALIVE = "interval '15 seconds'";

    /** Writes those of targets {@code t}, as a part of the statement that opens or holds these. */
    static final String ISSUED =
            """
            issued AS (
                INSERT INTO directive(uid, site, rollout, generation, payload)
                SELECT uid, site, rollout, generation, payload FROM t ORDER BY uid
                ON CONFLICT (uid) DO UPDATE SET site = excluded.site, rollout = excluded.rollout,
                    generation = excluded.generation, payload = excluded.payload, attempt = 0,
                    due_at = now(), published = false, ends_at = now() + %s
            )\
            """
                    .formatted(LONGEST);

    private DirectiveRows() {}

    /** Writes tombstones that are newer than all that was lost. */
    static void withdrawLost(Db.Tx tx) {
        tx.query(
                """
                INSERT INTO directive AS d (uid, site, rollout, generation, payload)
                SELECT uid, site, '', generation, NULL FROM lost_directive
                ON CONFLICT (uid) DO UPDATE SET site = excluded.site, payload = NULL,
                    generation = greatest(d.generation, excluded.generation),
                    attempt = 0, due_at = now(), published = false\
                """);
    }

    /**
     * Has those sent again that nobody has answered for long. An agent that has one in hand, or
     * waiting, needs no second one: where a site's agents say that they are at as many as are due,
     * none of these is lost.
     *
     * @param heard how many seconds ago all was read that agents had answered by then
     */
    public static void remind(Db.Tx tx, double heard) {
        tx.query(
                """
                WITH due AS MATERIALIZED (
                    SELECT uid, site FROM directive
                    WHERE published AND payload IS NOT NULL AND due_at < now() - make_interval(secs => $1)
                ), missed AS (
                    SELECT site FROM due GROUP BY site
                    HAVING count(*) > (SELECT coalesce(sum(running), 0) FROM fleet_agent a
                        WHERE a.site = due.site AND a.seen_at > now() - %s)
                ), again AS MATERIALIZED (
                    SELECT d.uid FROM directive d JOIN due USING (uid) JOIN missed ON missed.site = due.site
                    WHERE d.published AND d.payload IS NOT NULL
                    ORDER BY d.uid FOR UPDATE OF d
                )
                UPDATE directive d SET published = false FROM again WHERE d.uid = again.uid
                """
                        .formatted(ALIVE),
                heard);
    }

    /**
     * Marks directives as sent, unless they changed meanwhile.
     *
     * @param tombstones whether each of them was one
     * @param seconds after so many an open one is sent again, and twice as many the next time
     */
    public static void markSent(
            Db.Tx tx,
            List<String> uids,
            List<Long> generations,
            List<Boolean> tombstones,
            double seconds) {
        tx.query(
                """
                WITH s AS MATERIALIZED (
                    SELECT d.uid
                    FROM unnest($1::text[], $2::bigint[], $3::boolean[]) AS s(uid, generation, tombstone)
                    JOIN directive d USING (uid, generation)
                    WHERE (d.payload IS NULL) = s.tombstone
                    ORDER BY d.uid FOR UPDATE OF d
                )
                UPDATE directive d
                SET published = true, attempt = attempt + 1,
                    due_at = now() + make_interval(secs => $4 * power(2, least(attempt, 6)))
                FROM s WHERE d.uid = s.uid
                """,
                uids.toArray(String[]::new),
                generations.toArray(Long[]::new),
                tombstones.toArray(Boolean[]::new),
                seconds);
    }

    /** Marks the tombstones for a site as sent. */
    public static void endTombstones(Db.Tx tx, String site) {
        tx.query(
                """
                UPDATE directive
                SET published = true
                WHERE NOT published AND payload IS NULL AND site = $1
                """,
                site);
    }

    /** Has those sent again that are of a topic. */
    public static void sendAgain(Db.Tx tx, String topic) {
        tx.query(
                "UPDATE directive SET published = false WHERE published AND $1 = $2 || site",
                topic,
                Topics.directives(""));
    }

    /** Has all of them sent again. */
    public static void sendAgain(Db.Tx tx) {
        tx.query("UPDATE directive SET published = false WHERE published");
    }
}
