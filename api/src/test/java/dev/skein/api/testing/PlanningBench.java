// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.testing;

import dev.skein.api.command.AgentInquiries;
import dev.skein.api.command.EvidenceCheck;
import dev.skein.api.command.PlanningTurns;
import dev.skein.api.command.RollbackForecasts;
import dev.skein.api.command.Rollbacks;
import dev.skein.api.command.RolloutCommands;
import dev.skein.api.command.RolloutUnit;
import dev.skein.api.query.RollbackPlanView;
import dev.skein.api.rollout.BackupChoice;
import dev.skein.api.rollout.PlanDigest;
import dev.skein.api.rollout.RolloutPlan;
import dev.skein.api.rollout.RolloutSpec;
import dev.skein.api.rollout.TargetShare;
import dev.skein.api.store.BackupStore;
import dev.skein.api.store.BundleStore;
import dev.skein.api.store.Continuity;
import dev.skein.api.store.DirectiveStore;
import dev.skein.api.store.EventStore;
import dev.skein.api.store.EvidenceStore;
import dev.skein.api.store.FleetStore;
import dev.skein.api.store.RequestStore;
import dev.skein.api.store.RolloutStore;
import dev.skein.api.store.SiteSilence;
import dev.skein.engine.bundle.Bundle;
import dev.skein.service.database.Db;
import io.vertx.sqlclient.Row;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A fleet of any size, and what plans rollouts of it and takes them back, as in the service. */
public final class PlanningBench {
    public static final Bundle BUNDLE =
            Bundle.of(
                    List.of(
                            new Bundle.Item("1.sql", script("a", "")),
                            new Bundle.Item("2.sql", script("b", "--@ revises: a\n"))));

    public final RolloutStore rollouts;
    public final RolloutCommands commands;
    public final Rollbacks rollbacks;
    public final RollbackPlanView views;
    private final Db db;
    private final EventStore events = new EventStore(new Continuity());

    public PlanningBench(Db db) {
        this.db = db;
        this.rollouts = new RolloutStore(events);
        var requests = new RequestStore(Clock.systemUTC());
        var inquiries = new AgentInquiries(requests, new BackupStore());
        var directives = new DirectiveStore();
        var unit = new RolloutUnit(rollouts, directives, inquiries);
        var bundles = new BundleStore(events);
        var proofs = new EvidenceCheck(new EvidenceStore(events));
        var fleet = new FleetStore();
        var told = new ToldNobody();
        var turns = new PlanningTurns();
        this.commands =
                new RolloutCommands(
                        db,
                        rollouts,
                        directives,
                        bundles,
                        fleet,
                        proofs,
                        inquiries,
                        unit,
                        turns,
                        told);
        this.rollbacks =
                new Rollbacks(
                        db,
                        rollouts,
                        directives,
                        bundles,
                        new BackupStore(),
                        fleet,
                        new SiteSilence(RolloutBench.CONFIG),
                        proofs,
                        new RollbackForecasts(db, requests, rollouts, inquiries, told),
                        unit,
                        turns,
                        told,
                        RolloutBench.CONFIG);
        this.views = new RollbackPlanView(db, bundles, requests, proofs);
    }

    private static String script(String id, String revises) {
        return "--@ revision: %s\n%s--@ upgrade\nSELECT 1;\n--@ downgrade\nSELECT 0;"
                .formatted(id, revises);
    }

    /** Lets decisions be taken, and makes the bundle that rollouts are of. */
    public void begin() {
        new Continuity().compared(db);
        db.run(tx -> new BundleStore(events).put(tx, BUNDLE, "somebody"));
    }

    /** Adds databases of two sites, one in ten of which cannot be reached. */
    public void fleet(int databases) {
        db.run(tx ->
                tx.query(
                        """
                        INSERT INTO fleet_database (uid, site, server, name, agent, heads, seq, accepted,
                            fingerprint, size_bytes, server_major, labels, problem, reported_at, seen_at, observed)
                        SELECT lpad(to_hex(n), 32, '0'), CASE WHEN n % 2 = 0 THEN 'eu' ELSE 'us' END, 's1',
                            'tenant_' || lpad(n::text, 6, '0'), 'x', '{}', 0, 0, '1-1-' || repeat('f', 64),
                            1, 15, '{"tier": "free", "region": "r1"}',
                            CASE WHEN n % 10 = 0 THEN 'it cannot be reached' END, now(), now(),
                            '1-1-' || repeat('f', 64)
                        FROM generate_series(1, $1::integer) AS n
                        """,
                        databases));
    }

    /** What is asked for: a canary of each site, a part, the others. */
    public static RolloutSpec spec(String id, String select) {
        return new RolloutSpec(
                id,
                BUNDLE.digest(),
                "heads",
                select,
                null,
                BackupChoice.parse("none \"a test\""),
                List.of(wave("canary", "1 per site"), wave("early", "5%"), wave("rest", "all")),
                null);
    }

    private static RolloutSpec.WaveSpec wave(String name, String take) {
        return new RolloutSpec.WaveSpec(
                name, TargetShare.parse(take), Duration.ZERO, TargetShare.NONE, 8);
    }

    /** What is wanted to take all of a rollout back. */
    public static Rollbacks.Asked undo(String of, @Nullable String seen) {
        return new Rollbacks.Asked(new RolloutSpec.Undo(of, null, null, "why", null), 8, seen);
    }

    /** As if a rollout had been through on all of its databases. */
    public void complete(String id) {
        db.run(tx -> {
            tx.query(
                    """
                    UPDATE fleet_database f SET heads = '{b}' FROM rollout_target t
                    WHERE t.rollout = $1 AND t.uid = f.uid
                    """,
                    id);
            tx.query("UPDATE rollout_target SET state = 'succeeded' WHERE rollout = $1", id);
            tx.query("UPDATE wave_tally SET succeeded = planned WHERE rollout = $1", id);
        });
    }

    /** What a rollout's databases are known by, from their rows alone. */
    public String digest(String id) {
        var digest = db.call(tx -> members(tx, id));
        setAside(id).forEach(digest::aside);
        return digest.hex();
    }

    private static PlanDigest members(Db.Tx tx, String id) {
        var waves = tx.query("SELECT FROM wave_tally WHERE rollout = $1", id).rowCount();
        var digest = new PlanDigest(waves);
        tx.query(
                        """
                        SELECT uid, site, name, path, restore, heads, wave FROM rollout_target
                        WHERE rollout = $1 ORDER BY wave, place
                        """,
                        id)
                .forEach(row -> digest.member(row.getInteger(6), member(row)));
        return digest;
    }

    private static RolloutPlan.Member member(Row row) {
        var heads = row.getArrayOfStrings(5);
        return new RolloutPlan.Member(
                row.getString(0),
                row.getString(1),
                row.getString(2),
                List.of(row.getArrayOfStrings(3)),
                row.getString(4),
                heads == null ? null : List.of(heads));
    }

    /** What a rollout's plan leaves alone, page by page. */
    public List<RolloutPlan.SetAside> setAside(String id) {
        var all = new ArrayList<RolloutPlan.SetAside>();
        var after = "";
        while (after != null) {
            var page = views.setAside(id, 300, after);
            page.rows()
                    .forEach(row ->
                            all.add(
                                    new RolloutPlan.SetAside(
                                            row.uid(), row.site(), row.name(), row.reason())));
            after = page.next();
        }
        return all;
    }
}
