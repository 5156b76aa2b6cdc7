// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.store;

import dev.skein.api.rollout.RolloutEvent;
import dev.skein.engine.event.Directive;
import dev.skein.service.database.Db;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest directive of each database, and the {@linkplain RolloutTargets states} of a rollout's
 * targets that follow from it. A row that is not published is the outbox.
 */
@ApplicationScoped
public class DirectiveStore {
    private static final long OVERLAP = 0x534b_4549_4f56_4552L; // "SKEIOVER"

    /** After so long nobody works on a site any more that was taken from the settings. */
    private static final String LEFT = "interval '10 minutes'";

    /**
     * So many are opened or held in one transaction: whoever counts what has ended waits for no
     * more than that.
     */
    private static final int SLICE = 500;

    private final int slice;

    public DirectiveStore() {
        this(SLICE);
    }

    /**
     * @param slice how many are opened or held at once
     */
    public DirectiveStore(int slice) {
        this.slice = slice;
    }

    /** Of so many places, how many are filled at once. */
    protected final int slice(int room) {
        return Math.min(room, slice);
    }

    /**
     * Opens directives for the next targets of a wave, a slice of them at most.
     *
     * @param room for how many there are places
     * @return how many it were
     */
    public int open(Db.Tx tx, DirectiveContent.Order order, int wave, int room) {
        return issue(
                tx,
                order,
                Directive.Action.MIGRATE,
                NextTargets.pending(tx, order.rollout(), wave, slice(room)));
    }

    /**
     * Asks the agents of open directives of a rollout, a slice of them at most, to stop at the next
     * step boundary.
     *
     * @return how many it were; none where all are asked
     */
    public int hold(Db.Tx tx, DirectiveContent.Order order) {
        return issue(
                tx, order, Directive.Action.HOLD, NextTargets.open(tx, order.rollout(), slice));
    }

    private static int issue(
            Db.Tx tx,
            DirectiveContent.Order order,
            Directive.Action action,
            List<NextTargets.Next> targets) {
        if (!targets.isEmpty()) {
            RolloutTargets.issue(tx, order, action, targets);
        }
        return targets.size();
    }

    /** Gives databases up, whatever becomes of them: what is open for them is closed. */
    public void skip(Db.Tx tx, String rollout, RolloutEvent.Skipped skipped) {
        RolloutTargets.skip(
                tx,
                rollout,
                skipped.databases(),
                "skipped by " + skipped.by() + ": " + skipped.reason());
    }

    /**
     * A database of a rollout.
     *
     * @param whole as it can be named whatever others are called
     * @param unfinished whether the rollout has not done with it
     */
    public record Named(String uid, String whole, boolean unfinished) {}

    /**
     * The databases of a rollout that somebody may mean by a uid, {@code name}, {@code site/name}
     * or {@code site/server/name}.
     *
     * @param open only one that an agent may be working on is unfinished
     */
    public List<Named> named(Db.Tx tx, String rollout, String name, boolean open) {
        return tx.list(
                """
                SELECT t.uid, concat_ws('/', t.site, d.server, t.name),
                    t.state IN ('open', 'holding') OR NOT $3 AND t.state IN ('pending', 'failed')
                FROM rollout_target t LEFT JOIN fleet_database d USING (uid)
                WHERE t.rollout = $1
                    AND $2 IN (t.uid, t.name, t.site || '/' || t.name, t.site || '/' || d.server || '/' || t.name)
                ORDER BY 2
                """,
                row -> new Named(row.getString(0), row.getString(1), row.getBoolean(2)),
                rollout,
                name,
                open);
    }

    /**
     * How directives end to which no answer came in time, or of which none can come.
     *
     * @param sites those that there are
     */
    public List<DirectiveOutcome> overdue(Db.Tx tx, List<String> sites) {
        return tx.list(
                """
                SELECT d.uid, d.rollout, d.generation, d.ends_at < now(), d.site
                FROM directive d
                JOIN rollout_target t USING (rollout, uid)
                WHERE d.payload IS NOT NULL
                    AND t.state IN ('open', 'holding')
                    AND (d.ends_at < now() OR d.site <> ALL ($1) AND t.changed_at < now() - %s)
                ORDER BY d.ends_at LIMIT 500
                """
                        .formatted(LEFT),
                row ->
                        unanswered(
                                row.getString(0),
                                row.getString(1),
                                row.getLong(2),
                                row.getBoolean(3),
                                row.getString(4)),
                (Object) sites.toArray(String[]::new));
    }

    /**
     * How a directive ends that nobody answers.
     *
     * @param late whether its time is over; it was of a site that there is no more otherwise
     */
    protected static DirectiveOutcome unanswered(
            String uid, String rollout, long generation, boolean late, String site) {
        return new DirectiveOutcome(
                uid,
                rollout,
                generation,
                DirectiveOutcome.End.FAILED,
                "UNANSWERED",
                late
                        ? "no agent has answered within 24 hours"
                        : "site " + site + " is not in skein.api.sites",
                null);
    }

    /**
     * Puts targets of a wave back to waiting.
     *
     * @param failed those that failed
     * @param aside those that were set aside
     */
    public void retry(Db.Tx tx, String rollout, int wave, boolean failed, boolean aside) {
        RolloutTargets.retry(tx, rollout, wave, failed, aside);
        WaveTallies.retry(tx, rollout, wave, failed, aside);
    }

    /**
     * Rollouts that work on databases of this one, or may. One such question at a time, until the
     * transaction ends: two overlapping rollouts cannot both be told that nobody else is there.
     *
     * @param asideOf only what was set aside of this wave matters; null for all of it
     */
    public List<String> others(Db.Tx tx, String rollout, @Nullable Integer asideOf) {
        tx.query("SELECT pg_advisory_xact_lock($1)", OVERLAP);
        return OtherRollouts.of(tx, rollout, asideOf);
    }
}
