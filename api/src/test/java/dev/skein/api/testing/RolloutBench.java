// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.testing;

import dev.skein.api.command.AgentInquiries;
import dev.skein.api.command.RolloutUnit;
import dev.skein.api.conductor.Conductor;
import dev.skein.api.config.ApiConfig;
import dev.skein.api.fleet.FleetDatabase;
import dev.skein.api.rollout.BackupChoice;
import dev.skein.api.rollout.PlanRows;
import dev.skein.api.rollout.PlanSummary;
import dev.skein.api.rollout.RolloutAction;
import dev.skein.api.rollout.RolloutPlan;
import dev.skein.api.rollout.RolloutSpec;
import dev.skein.api.rollout.TargetShare;
import dev.skein.api.store.BackupStore;
import dev.skein.api.store.Continuity;
import dev.skein.api.store.DirectiveOutcome;
import dev.skein.api.store.DirectiveStore;
import dev.skein.api.store.EventStore;
import dev.skein.api.store.OutcomeStore;
import dev.skein.api.store.RequestStore;
import dev.skein.api.store.RolloutStore;
import dev.skein.api.store.SiteSilence;
import dev.skein.service.database.Db;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Rollouts of one wave over many databases, decided and conducted as the service does it. */
public final class RolloutBench {
    private static final String BUNDLE = "sha256:" + "0".repeat(64);
    public static final ApiConfig CONFIG =
            new SmallRyeConfigBuilder()
                    .addDiscoveredConverters()
                    .withMapping(ApiConfig.class)
                    .withDefaultValues(
                            Map.of("skein.api.sites", "eu", "skein.api.database-url", "none"))
                    .build()
                    .getConfigMapping(ApiConfig.class);

    public final Db db;
    public final RolloutStore rollouts;
    public final OutcomeStore outcomes;
    public final DirectiveStore directives;
    public final Conductor conductor;
    private final RolloutUnit unit;

    public RolloutBench(Db db) {
        this(db, new RolloutStore(new EventStore(new Continuity())), new DirectiveStore());
    }

    public RolloutBench(Db db, RolloutStore rollouts, DirectiveStore directives) {
        this.db = db;
        this.rollouts = rollouts;
        this.directives = directives;
        this.outcomes = new OutcomeStore(rollouts);
        var inquiries = new AgentInquiries(new RequestStore(Clock.systemUTC()), new BackupStore());
        this.unit = new RolloutUnit(rollouts, directives, inquiries);
        var silence = new SiteSilence(CONFIG);
        this.conductor = new Conductor(db, rollouts, directives, silence, outcomes, CONFIG, unit);
    }

    /** Lets decisions be taken, and makes the bundle that rollouts are of. */
    public void begin() {
        new Continuity().compared(db);
        db.run(tx ->
                tx.query(
                        """
                        INSERT INTO bundle(digest, revisions, heads, content, pushed_by, pushed_at)
                        VALUES ($1, 1, '{a}', '', 'somebody', now())
                        """,
                        BUNDLE));
    }

    /** The uid of a database. */
    public static String uid(int number) {
        return "%032x".formatted(number);
    }

    /** Proposes one of databases by their numbers, without their being in the fleet. */
    public void propose(String id, int first, int last, int parallel) {
        var wave =
                new RolloutSpec.WaveSpec(
                        "all", TargetShare.ALL, Duration.ZERO, TargetShare.NONE, parallel);
        propose(id, List.of(wave), first, last - first + 1);
    }

    /** The same in waves of so many databases each. */
    public void propose(String id, List<RolloutSpec.WaveSpec> waves, int first, int each) {
        var spec =
                new RolloutSpec(
                        id, BUNDLE, "heads", "", null, BackupChoice.parse("auto"), waves, null);
        db.run(tx -> {
            var locked = rollouts.lock(tx, id);
            var plan = plan(rollouts.rows(tx, id), waves, first, each);
            unit.apply(tx, locked, new RolloutAction.Create(spec, plan, "author"), "somebody");
        });
    }

    private static RolloutPlan plan(
            PlanRows rows, List<RolloutSpec.WaveSpec> waves, int first, int each) {
        var summary =
                new PlanSummary(waves.stream().map(RolloutSpec.WaveSpec::name).toList(), rows);
        for (int n = 0; n < waves.size() * each; n++) {
            int number = first + n;
            var name = "n" + number;
            var there =
                    new FleetDatabase(
                            uid(number),
                            "eu",
                            "s",
                            name,
                            List.of(),
                            0,
                            "f",
                            15,
                            Map.of(),
                            null,
                            false);
            var path = List.of("a");
            var member = new RolloutPlan.Member(uid(number), "eu", name, path, null, null);
            summary.member(n / each, member, there);
        }
        return summary.plan(List.of());
    }

    /** The generation of the directive to a database. */
    public long generation(int number) {
        return db.call(tx ->
                tx.query("SELECT generation FROM directive WHERE uid = $1", uid(number))
                        .iterator()
                        .next()
                        .getLong(0));
    }

    /** Tells how the newest directive to a database of a rollout ended. */
    public void end(String id, int number, DirectiveOutcome.End end) {
        end(id, number, end, generation(number));
    }

    /** Tells how a directive to a database of a rollout ended. */
    public void end(String id, int number, DirectiveOutcome.End end, long generation) {
        var outcome = new DirectiveOutcome(uid(number), id, generation, end, "X", "said", 1L);
        db.call(tx -> outcomes.apply(tx, List.of(outcome)));
    }

    /** Approves one that is proposed. */
    public void approve(String id) {
        var hash =
                db.call(tx ->
                        tx.query("SELECT plan_hash FROM rollout WHERE id = $1", id)
                                .iterator()
                                .next()
                                .getString(0));
        on(id, new RolloutAction.Approve("other", hash));
    }

    /** Carries a command out, and nothing that the conductor does then. */
    public void on(String id, RolloutAction command) {
        db.run(tx -> unit.apply(tx, rollouts.lock(tx, id), command, "somebody"));
    }

    /** How many of a rollout's databases are in a state. */
    public int in(String id, String state) {
        return db.call(tx ->
                tx.query(
                                """
                                SELECT count(*)::int FROM rollout_target
                                WHERE rollout = $1 AND state = $2
                                """,
                                id,
                                state)
                        .iterator()
                        .next()
                        .getInteger(0));
    }
}
