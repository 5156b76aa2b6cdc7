// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.store;

import dev.skein.engine.Json;
import dev.skein.engine.event.Reply;
import dev.skein.engine.event.Request;
import dev.skein.service.database.Db;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What agents are asked. A row that is not published is the outbox. */
@ApplicationScoped
public class RequestStore {

    private static final String SELECT =
            "SELECT id, uid, rollout, kind, answered_at IS NOT NULL AND noted OR "
                    + RequestRows.OVER
                    + ", coalesce(problem, CASE WHEN "
                    + RequestRows.OVER
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
        var request = new Request(id, uid, clock.instant().plus(Request.LONGEST), ask);
        RequestRows.insert(tx, site, rollout, request);
        return id;
    }

    /**
     * Keeps an answer; nothing where nobody asked, or the answer is there. One that something
     * follows from counts as answered only after it was {@linkplain #noted noted}.
     */
    public Optional<Asked> answer(Db.Tx tx, Reply reply) {
        return RequestRows.answer(tx, reply);
    }

    /**
     * An answer that something follows from.
     *
     * @param problem why there is none
     * @param agent who gave it; absent where nobody did
     */
    public record Answer(
            String id,
            String rollout,
            Request request,
            @Nullable String problem,
            Reply.@Nullable Told told,
            @Nullable String agent) {}

    /** Answers of which that was not noted yet, some of them. */
    public List<Answer> unnoted(Db.Tx tx) {
        return tx.list(
                """
                SELECT id, rollout, payload, problem, told, answered_by FROM request
                WHERE NOT noted ORDER BY answered_at, id LIMIT 100
                """,
                row -> {
                    var told = row.getString(4);
                    return new Answer(
                            row.getString(0),
                            row.getString(1),
                            Json.read(row.getString(2), Request.class),
                            row.getString(3),
                            told == null ? null : Json.read(told, Reply.Told.class),
                            row.getString(5));
                });
    }

    /** Says that what follows from an answer is noted; whether nobody has said so before. */
    public boolean noted(Db.Tx tx, String id) {
        return RequestRows.note(tx, id);
    }

    /** Gives an answer up that nothing can follow from. */
    public void refused(Db.Tx tx, String id, String reason) {
        RequestRows.refuse(tx, id, "its answer cannot be taken: " + reason);
    }

    /** Has it noted that nobody answers. */
    public void unanswered(Db.Tx tx, String id, String problem) {
        RequestRows.giveUp(tx, id, problem);
    }

    /**
     * Rehearsals and trials of backups that nobody answered in time, as when the agent died over
     * it. They count as answered then.
     */
    public List<Lapsed> lapsed(Db.Tx tx) {
        return RequestRows.lapse(tx);
    }

    /**
     * A request without an answer.
     *
     * @param attempt which time it was asked
     */
    public record Lapsed(String site, String rollout, int attempt, Request request) {}

    /** Asks once more. */
    public void again(Db.Tx tx, Lapsed lapsed) {
        var old = lapsed.request();
        var id = ask(tx, lapsed.site(), old.uid(), lapsed.rollout(), old.ask());
        RequestRows.count(tx, id, lapsed.attempt() + 1);
    }

    /** Requests by their ids. */
    public List<Asked> all(Db.Tx tx, List<String> ids) {
        return tx.list(
                SELECT + "id = ANY ($1)", RequestStore::asked, (Object) ids.toArray(String[]::new));
    }

    /** Requests of one kind on behalf of a rollout. */
    public List<Asked> of(Db.Tx tx, String rollout, String kind) {
        return tx.list(
                SELECT + "rollout = $1 AND kind = $2 ORDER BY asked_at",
                RequestStore::asked,
                rollout,
                kind);
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
