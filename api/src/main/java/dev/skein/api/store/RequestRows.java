// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.store;

import dev.skein.engine.Json;
import dev.skein.engine.event.Reply;
import dev.skein.engine.event.Request;
import dev.skein.service.database.Db;
import java.util.List;
import java.util.Optional;

/** What agents are asked, as rows: the table {@code request}, which nobody else writes. */
public final class RequestRows {
    /** Later, one that has no answer gets none. */
    static final String OVER =
            "answered_at IS NULL AND asked_at < now() - interval '%d seconds'"
                    .formatted(Request.LONGEST.toSeconds());

    private RequestRows() {}

    /** Adds one that is to be sent. */
    static void insert(Db.Tx tx, String site, String rollout, Request request) {
        tx.query(
                """
                INSERT INTO request(id, site, uid, rollout, kind, payload)
                VALUES ($1, $2, $3, $4, $5, $6)
                """,
                request.id(),
                site,
                request.uid(),
                rollout,
                request.ask().kind(),
                Json.text(request));
    }

    /** Writes an answer, unless there is one. */
    static Optional<RequestStore.Asked> answer(Db.Tx tx, Reply reply) {
        var told = reply.told();
        var rows =
                tx.list(
                        """
                        UPDATE request SET answered_at = now(), problem = $3, told = $4,
                            answered_by = $5, noted = kind NOT IN ('TryBackup', 'Rehearse')
                        WHERE id = $1 AND uid = $2 AND answered_at IS NULL
                        RETURNING id, uid, rollout, kind
                        """,
                        row ->
                                new RequestStore.Asked(
                                        row.getString(0),
                                        row.getString(1),
                                        row.getString(2),
                                        row.getString(3),
                                        true,
                                        reply.problem(),
                                        told),
                        reply.request(),
                        reply.uid(),
                        reply.problem(),
                        told == null ? null : Json.text(told),
                        reply.agent());
        return rows.stream().findFirst();
    }

    /** Writes that what follows from an answer is noted; whether it was not before. */
    static boolean note(Db.Tx tx, String id) {
        return tx.query("UPDATE request SET noted = true WHERE id = $1 AND NOT noted", id)
                        .rowCount()
                == 1;
    }

    /** Writes that nothing follows from an answer. */
    static void refuse(Db.Tx tx, String id, String problem) {
        tx.query(
                "UPDATE request SET noted = true, problem = $2 WHERE id = $1 AND NOT noted",
                id,
                problem);
    }

    /** Writes why there is no answer, which is to be noted. */
    static void giveUp(Db.Tx tx, String id, String problem) {
        tx.query("UPDATE request SET noted = false, problem = $2 WHERE id = $1", id, problem);
    }

    /** Has rehearsals and trials of backups count as answered whose time is over. */
    static List<RequestStore.Lapsed> lapse(Db.Tx tx) {
        return tx.list(
                """
                UPDATE request
                SET answered_at = now(), problem = 'no agent answered'
                WHERE kind IN ('TryBackup', 'Rehearse') AND %s
                RETURNING id, site, uid, rollout, payload, attempt
                """
                        .formatted(OVER),
                row ->
                        new RequestStore.Lapsed(
                                row.getString(1),
                                row.getString(3),
                                row.getInteger(5),
                                Json.read(row.getString(4), Request.class)));
    }

    /** Writes which time something is asked. */
    static void count(Db.Tx tx, String id, int attempt) {
        tx.query("UPDATE request SET attempt = $2 WHERE id = $1", id, attempt);
    }

    /** Marks those as sent that nobody waits for any more. */
    public static void passOver(Db.Tx tx) {
        tx.query(
                """
                UPDATE request
                SET published = true
                WHERE NOT published AND asked_at < now() - make_interval(secs => $1)
                """,
                Request.LONGEST.toSeconds());
    }

    /** Marks them as sent. */
    public static void markSent(Db.Tx tx, List<String> ids) {
        tx.query(
                "UPDATE request SET published = true WHERE id = ANY ($1)",
                (Object) ids.toArray(String[]::new));
    }

    /** Deletes some of those that are old. */
    public static void deleteOld(Db.Tx tx) {
        tx.query(
                """
                DELETE FROM request
                WHERE id IN (SELECT id FROM request WHERE published AND asked_at < now() - interval
                    '30 days' LIMIT 1000)
                """);
    }
}
