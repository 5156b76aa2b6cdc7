// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.store;

import dev.skein.api.rollout.EarlierPlan;
import dev.skein.api.rollout.PlanRows;
import dev.skein.api.rollout.RollbackPlanner;
import dev.skein.api.rollout.Rollout;
import dev.skein.api.rollout.RolloutEvent;
import dev.skein.api.rollout.RolloutPlan;
import dev.skein.api.rollout.RolloutSpec;
import dev.skein.api.rollout.WaveTally;
import dev.skein.engine.Json;
import dev.skein.service.database.Db;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Rollouts: their streams, the rows that queries read, the counts of their waves. */
@ApplicationScoped
public class RolloutStore {
    /**
     * A replica of the version before has no column for it, and says it by the words of the target.
     */
    private static final String UNDOES =
            "(r.undoes = $1 OR r.undoes IS NULL AND r.target = 'before ' || $1)";

    /** So many databases are read at once. */
    private static final int PART = 2_000;

    /** What the names of rollouts' streams begin with. */
    static final String STREAM = "rollout/";

    private final EventStore events;

    public RolloutStore(EventStore events) {
        this.events = events;
    }

    /** What time it is, wherever it is decided: the database's clock is one for all replicas. */
    public Instant now(Db.Tx tx) {
        return tx.query("SELECT now()").iterator().next().getOffsetDateTime(0).toInstant();
    }

    /** A rollout under its stream's lock. */
    public record Locked(EventStore.Head head, Rollout state) {}

    /** The stream of a rollout. */
    public static String stream(String id) {
        return STREAM + id;
    }

    /** Whose stream it is; nothing where it is no rollout's. */
    public static Optional<String> idOf(String stream) {
        return stream.startsWith(STREAM)
                ? Optional.of(stream.substring(STREAM.length()))
                : Optional.empty();
    }

    /** Whether its plan is there, and not its decisions alone. */
    public boolean hasRow(Db.Tx tx, String id) {
        return tx.query("SELECT FROM rollout WHERE id = $1", id).size() == 1;
    }

    /** Locks a rollout and folds its events. */
    public Locked lock(Db.Tx tx, String id) {
        var head = events.lock(tx, stream(id));
        var state = Rollout.INITIAL;
        for (var stored : events.read(tx, stream(id))) {
            state = Rollout.evolve(state, stored.payload(RolloutEvent.class));
        }
        return new Locked(head, state);
    }

    /** Appends events and brings the row that queries read up to date. */
    public Locked append(Db.Tx tx, Locked rollout, List<RolloutEvent> happened, String actor) {
        var head = rollout.head();
        var state = rollout.state();
        for (var event : happened) {
            head = events.append(tx, head, event.type(), event, actor);
            state = Rollout.evolve(state, event);
        }
        return new Locked(head, state);
    }

    /** Where the databases of a new rollout's plan become rows, before it is {@link #insert}ed. */
    public PlanRows rows(Db.Tx tx, String id) {
        return RolloutTargets.rows(tx, id);
    }

    /**
     * The row of a new rollout, and its waves. The databases of its plan have become {@link #rows}.
     */
    public void insert(Db.Tx tx, RolloutEvent.Created created, RolloutPlan plan) {
        var spec = created.spec();
        tx.query(
                """
                INSERT INTO rollout(id, status, author, bundle, target, undoes, plan_hash, plan,
                    summary, created_at, changed_at)
                VALUES ($1, 'proposed', $2, $3, $4, $5, $6, $7::text::jsonb, $8, now(), now())
                """,
                spec.id(),
                created.author(),
                spec.bundle(),
                spec.to(),
                spec.undo() == null ? null : spec.undo().rollout(),
                created.planHash(),
                Json.text(EarlierPlan.of(plan)),
                Json.text(plan));
        for (int wave = 0; wave < plan.waves().size(); wave++) {
            WaveTallies.insert(tx, spec.id(), wave, plan.waves().get(wave));
        }
    }

    /**
     * What a rollout has done, or may have done, to its databases; all of it or a part. Some after
     * the other, in the order of its plan.
     */
    public void touched(
            Db.Tx tx, RolloutSpec.Undo undo, Consumer<List<RollbackPlanner.Touched>> taker) {
        tx.parts(
                """
                SELECT t.uid, t.path FROM rollout_target t
                JOIN wave_tally w USING (rollout, wave)
                WHERE t.rollout = $1
                    AND ($2::text IS NULL OR w.name = $2)
                    AND ($3::text IS NULL OR t.uid = $3 OR t.name = $3)
                ORDER BY t.wave, t.place
                """,
                row ->
                        new RollbackPlanner.Touched(
                                row.getString(0), List.of(row.getArrayOfStrings(1))),
                PART,
                taker,
                undo.rollout(),
                undo.wave(),
                undo.database());
    }

    /** Those of some databases that were restored by rollbacks of a rollout. */
    public Set<String> restored(Db.Tx tx, String id, Collection<String> uids) {
        return Set.copyOf(
                tx.list(
                        """
                        SELECT DISTINCT t.uid FROM rollout r
                        JOIN rollout_target t ON t.rollout = r.id
                        WHERE %s AND t.restore IS NOT NULL AND t.state = 'succeeded'
                            AND t.uid = ANY ($2)
                        """
                                .formatted(UNDOES),
                        row -> row.getString(0),
                        id,
                        uids.toArray(String[]::new)));
    }

    /** How many of its databases somebody took back within a day without anybody else's word. */
    public int takenBackAlone(Db.Tx tx, String id) {
        return tx.query(
                        """
                        SELECT count(*)::int FROM rollout r
                        JOIN rollout_target t ON t.rollout = r.id
                        WHERE %s
                            AND r.approved_by = r.author
                            AND r.created_at > now() - interval '1 day'
                        """
                                .formatted(UNDOES),
                        id)
                .iterator()
                .next()
                .getInteger(0);
    }

    /** Databases that this one is to restore, and that another one has restored since. */
    public List<String> restoredMeanwhile(Db.Tx tx, String id) {
        return tx.list(
                """
                SELECT DISTINCT t.uid FROM rollout me
                JOIN rollout_target mine ON mine.rollout = me.id
                JOIN rollout_target t USING (uid)
                WHERE me.id = $1
                    AND t.rollout <> $1
                    AND mine.restore IS NOT NULL
                    AND t.restore IS NOT NULL
                    AND t.state = 'succeeded'
                    AND t.changed_at > me.created_at
                """,
                row -> row.getString(0),
                id);
    }

    /** The different ways that a rollout's databases go. */
    public List<List<String>> paths(Db.Tx tx, String id) {
        return tx.list(
                "SELECT DISTINCT path FROM rollout_target WHERE rollout = $1 ORDER BY 1",
                row -> List.of(row.getArrayOfStrings(0)),
                id);
    }

    /** Keeps which of its revisions are known to be additive, for as long as it runs. */
    public void additive(Db.Tx tx, String id, Collection<String> revisions) {
        tx.query(
                "UPDATE rollout SET additive = $2 WHERE id = $1",
                id,
                revisions.toArray(String[]::new));
    }

    /**
     * How long its databases took, in milliseconds, on average; nothing where none was measured.
     */
    public Optional<Long> averageMillis(Db.Tx tx, String id) {
        var sql =
                """
                SELECT avg(millis)::bigint FROM rollout_target WHERE rollout = $1 AND millis IS NOT NULL
                """;
        return Optional.ofNullable(tx.query(sql, id).iterator().next().getLong(0));
    }

    /** Writes what queries read of a rollout. */
    public void project(Db.Tx tx, String id, Rollout state, @Nullable String approvedBy) {
        var silent = state instanceof Rollout.Stopped s ? s.silent() : null;
        tx.query(
                """
                UPDATE rollout
                SET status = $2, wave = CASE WHEN $3 < 0 THEN wave ELSE $3 END, reason = $4, approved_by
                    = coalesce($5, approved_by), approved_at = CASE WHEN $5 IS NULL THEN approved_at
                    ELSE now() END, changed_at = now(), silent = $6
                WHERE id = $1
                """,
                id,
                state.status(),
                wave(state),
                reason(state),
                approvedBy,
                silent);
    }

    private static int wave(Rollout state) {
        return switch (state) {
            case Rollout.Active s -> s.wave();
            case Rollout.Stopped s -> s.was().wave();
            default -> -1;
        };
    }

    private static @Nullable String reason(Rollout state) {
        return switch (state) {
            case Rollout.Stopped s -> s.reason();
            case Rollout.Ended s -> s.doubt();
            default -> null;
        };
    }

    /** Locks and reads the counts of a rollout's waves, in order. */
    public List<WaveTally> tallies(Db.Tx tx, String id) {
        return WaveTallies.lock(tx, id);
    }

    /** Sets a clock for a rollout. */
    public void deadline(Db.Tx tx, String id, OffsetDateTime at) {
        tx.query("INSERT INTO deadline VALUES ($1, $2) ON CONFLICT DO NOTHING", id, at);
    }

    /** Takes the rollouts whose clock has run out; others may take theirs at the same time. */
    public List<String> due(Db.Tx tx) {
        return tx.list(
                """
                DELETE FROM deadline
                WHERE ctid IN (SELECT ctid FROM deadline WHERE at <= now() LIMIT 100 FOR UPDATE SKIP
                    LOCKED)
                RETURNING rollout
                """,
                row -> row.getString(0));
    }

    /** The rollouts that have work to do. */
    public List<String> active(Db.Tx tx) {
        return tx.list(
                "SELECT id FROM rollout WHERE status IN ('running', 'soaking') ORDER BY id",
                row -> row.getString(0));
    }

    /** Rollouts that stand still or are over, and have directives open that are not held. */
    public List<String> unheld(Db.Tx tx) {
        return tx.list(
                """
                SELECT DISTINCT r.id FROM rollout r
                JOIN wave_tally w ON w.rollout = r.id
                WHERE w.open > 0
                    AND r.status IN ('halted', 'paused', 'aborted', 'completed')
                    AND EXISTS (SELECT FROM rollout_target t WHERE t.rollout = w.rollout
                        AND t.wave = w.wave AND t.state = 'open')
                ORDER BY 1
                """,
                row -> row.getString(0));
    }

    /** A rollout with open directives at a site that is silent. */
    public record Silent(String rollout, String site) {}

    /** Running rollouts that wait for one of these sites. */
    public List<Silent> waiting(Db.Tx tx, List<String> silentSites) {
        return tx.list(
                """
                SELECT DISTINCT t.rollout, t.site FROM rollout_target t
                JOIN rollout r ON r.id = t.rollout
                WHERE r.status = 'running' AND t.state = 'open' AND t.site = ANY ($1)
                ORDER BY 1, 2
                """,
                row -> new Silent(row.getString(0), row.getString(1)),
                (Object) silentSites.toArray(String[]::new));
    }

    /** Rollouts that only the silence of a site stopped which is heard of again. */
    public List<Silent> heard(Db.Tx tx, List<String> silentSites) {
        return tx.list(
                """
                SELECT id, silent FROM rollout
                WHERE status = 'halted' AND silent IS NOT NULL AND silent <> ALL ($1)
                ORDER BY 1
                """,
                row -> new Silent(row.getString(0), row.getString(1)),
                (Object) silentSites.toArray(String[]::new));
    }
}
