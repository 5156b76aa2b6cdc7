// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.store;

import dev.skein.engine.Json;
import dev.skein.engine.event.Reply;
import dev.skein.engine.event.Request;
import dev.skein.engine.postgres.Db;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What agents are asked. A row that is not published is the outbox. */
@ApplicationScoped
public class RequestStore {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** Later, one that has no answer gets none. */
    private static final String OVER =
            "answered_at IS NULL AND asked_at < now() - interval '%d seconds'"
                    .formatted(LONGEST.toSeconds());

    private static final String SELECT =
            "SELECT id, uid, rollout, kind, answered_at IS NOT NULL OR "
                    + OVER
                    + ", coalesce(problem, CASE WHEN "
                    + OVER
                    + " THEN 'no agent answered' END), told FROM request WHERE ";

    private final Clock clock;

    public RequestStore(Clock clock) {
        this.clock = clock;
    }

    /**
     * A request and its answer.
     *
     * @param answered whether there is one, or none will come any more
     * @param problem why it could not be found out
     * @param told what was
     */
    public record Asked(
            String id,
            String uid,
            String rollout,
            String kind,
            boolean answered,
            @Nullable String problem,
            Reply.@Nullable Told told) {}

    /**
     * Asks.
     *
     * @param rollout on whose behalf
     * @return the request's id
     */
    public String ask(Db.Tx tx, String site, String uid, String rollout, Request.Ask ask) {
        var id = UUID.randomUUID().toString();
        var request = new Request(id, uid, clock.instant().plus(LONGEST), ask);
        tx.query(
                "INSERT INTO request(id, site, uid, rollout, kind, payload) VALUES ($1, $2, $3, $4,"
                        + " $5, $6)",
                id,
                site,
                uid,
                rollout,
                ask.getClass().getSimpleName(),
                Json.text(request));
        return id;
    }

    /** Takes an answer; nothing where nobody asked, or the answer is there. */
    public Optional<Asked> answer(Db.Tx tx, Reply reply) {
        var told = reply.told();
        var rows =
                tx.list(
                        "UPDATE request SET answered_at = now(), problem = $3, told = $4 WHERE id ="
                                + " $1 AND uid = $2 AND answered_at IS NULL RETURNING id, uid,"
                                + " rollout, kind",
                        row ->
                                new Asked(
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
                        told == null ? null : Json.text(told));
        return rows.stream().findFirst();
    }

    /** What was asked. */
    public Request question(Db.Tx tx, String id) {
        var row = tx.query("SELECT payload FROM request WHERE id = $1", id).iterator().next();
        return Json.read(row.getString(0), Request.class);
    }

    /** Requests by their ids. */
    public List<Asked> all(Db.Tx tx, List<String> ids) {
        return tx.list(
                SELECT + "id = ANY ($1)", RequestStore::asked, (Object) ids.toArray(String[]::new));
    }

    /** Requests of one kind on behalf of a rollout. */
    public List<Asked> of(Db.Tx tx, String rollout, Class<? extends Request.Ask> kind) {
        return tx.list(
                SELECT + "rollout = $1 AND kind = $2 ORDER BY asked_at",
                RequestStore::asked,
                rollout,
                kind.getSimpleName());
    }

    /** Why some of them could not be answered, without repetition. */
    public static List<String> problems(List<Asked> asked) {
        var problems = new LinkedHashSet<String>();
        for (var one : asked) {
            var problem = one.problem();
            if (problem != null) {
                problems.add(problem);
            }
        }
        return List.copyOf(problems);
    }

    private static Asked asked(Row row) {
        var told = row.getString(6);
        return new Asked(
                row.getString(0),
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getBoolean(4),
                row.getString(5),
                told == null ? null : Json.read(told, Reply.Told.class));
    }
}
