// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.api.rollout.RolloutAction;
import dev.skein.api.rollout.RolloutEvent;
import dev.skein.api.rollout.RolloutPlan;
import dev.skein.api.rollout.RolloutPlan.SetAside;
import dev.skein.api.testing.OnApiDatabase;
import dev.skein.api.testing.PlanningBench;
import dev.skein.engine.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A plan that holds its databases, as the version before stored it, is as good as it was. */
class OlderPlansTest extends OnApiDatabase {
    private static final String HASH = "5c".repeat(32);

    /** Its JSON, as the version before wrote it. */
    private static final String STORED =
            """
            {"waves": [
              {"name": "canary", "members": [
                {"uid": "u1", "site": "eu", "name": "n1", "path": ["a", "b"], "restore": null, "heads": null}]},
              {"name": "early", "members": []},
              {"name": "rest", "members": [
                {"uid": "u2", "site": "eu", "name": "n2", "path": ["b"], "restore": null, "heads": null},
                {"uid": "u3", "site": "us", "name": "n3", "path": ["b"], "restore": null, "heads": null}]}],
             "cohorts": [
              {"heads": [], "fingerprint": "f", "path": ["a", "b"], "databases": 1, "restored": null},
              {"heads": ["a"], "fingerprint": "g", "path": ["b"], "databases": 2, "restored": null}],
             "setAside": [
              {"uid": "u4", "site": "eu", "name": "n4", "reason": "already at the target"},
              {"uid": "u5", "site": "eu", "name": "n5", "reason": "unreachable"},
              {"uid": "u6", "site": "us", "name": "n6", "reason": "unreachable"}],
             "notes": ["selects 6 of the 6 databases that there are"]}\
            """;

    private PlanningBench bench;

    @BeforeEach
    void begin() {
        migrate("heads");
        bench = new PlanningBench(db);
        bench.begin();
        var spec = PlanningBench.spec("r", "");
        var created = new RolloutEvent.Created(spec, "ann", HASH, List.of(1, 0, 2));
        db.run(tx -> {
            var locked = bench.rollouts.lock(tx, "r");
            bench.rollouts.append(tx, locked, List.of(created), "ann");
            tx.query(
                    """
                    INSERT INTO rollout(id, status, author, bundle, target, plan_hash, plan, created_at,
                        changed_at)
                    VALUES ('r', 'proposed', 'ann', $1, 'heads', $2, $3::text::jsonb, now(), now())
                    """,
                    spec.bundle(),
                    HASH,
                    STORED);
        });
        database.run(
                """
                INSERT INTO wave_tally(rollout, wave, name, planned) VALUES
                    ('r', 0, 'canary', 1), ('r', 1, 'early', 0), ('r', 2, 'rest', 2);
                INSERT INTO rollout_target(rollout, uid, wave, place, site, name, path) VALUES
                    ('r', 'u1', 0, 1, 'eu', 'n1', '{a,b}'), ('r', 'u2', 2, 1, 'eu', 'n2', '{b}'),
                    ('r', 'u3', 2, 2, 'us', 'n3', '{b}');
                INSERT INTO fleet_database (uid, site, server, name, agent, heads, seq, accepted, size_bytes,
                    server_major, labels, reported_at, seen_at)
                SELECT 'u' || n, CASE WHEN n = 3 THEN 'us' ELSE 'eu' END, 's', 'n' || n, 'x', '{b}', 1, 0, 1, 15,
                    '{}', now(), now()
                FROM generate_series(1, 3) n\
                """);
    }

    @Test
    void itIsShownLikeOneOfToday() {
        var shown = bench.views.plan("r");
        assertThat(shown.hash()).isEqualTo(HASH);
        assertThat(shown.unknown()).containsExactly("b", "a");
        var plan = shown.plan();
        assertThat(plan.waves())
                .containsExactly(
                        new RolloutPlan.Wave("canary", 1, List.of("eu/n1")),
                        new RolloutPlan.Wave("early", 0, List.of()),
                        new RolloutPlan.Wave("rest", 2, List.of("eu/n2", "us/n3")));
        assertThat(plan.cohorts())
                .containsExactly(
                        new RolloutPlan.Cohort(List.of("a"), "g", List.of("b"), 2, null),
                        new RolloutPlan.Cohort(List.of(), "f", List.of("a", "b"), 1, null));
        assertThat(plan.otherCohorts()).isZero();
        assertThat(plan.setAside())
                .containsExactly(
                        new RolloutPlan.Reason("unreachable", 2, List.of("eu/n5", "us/n6")),
                        new RolloutPlan.Reason("already at the target", 1, List.of("eu/n4")));
        assertThat(plan.setAsideInAll()).isEqualTo(3);
        assertThat(plan.notes()).containsExactly("selects 6 of the 6 databases that there are");
        assertThat(plan.digest()).isNull();
    }

    @Test
    void whatItLeavesAloneIsReadPageByPage() {
        var first = bench.views.setAside("r", 2, "");
        assertThat(first.rows())
                .extracting(RollbackPlanView.AsideRow::uid)
                .containsExactly("u4", "u5");
        var second = bench.views.setAside("r", 2, String.valueOf(first.next()));
        assertThat(second.rows()).extracting(RollbackPlanView.AsideRow::uid).containsExactly("u6");
        assertThat(second.next()).isNull();
        assertThat(bench.setAside("r"))
                .last()
                .isEqualTo(new SetAside("u6", "us", "n6", "unreachable"));
    }

    private void approve(String hash) {
        bench.commands.on("r", new RolloutAction.Approve("bob", hash), "bob");
    }

    @Test
    void itIsApprovedByItsOwnHashAndTakenBack() throws InterruptedException {
        assertThatThrownBy(() -> approve("5d".repeat(32)))
                .hasMessageContaining("another plan than");
        approve(HASH);
        assertThat(database.value("SELECT status FROM rollout WHERE id = 'r'"))
                .isEqualTo("running");
        bench.complete("r");
        bench.commands.on("r", new RolloutAction.Abort("joe", "a test"), "joe");
        var view = bench.rollbacks.plan(PlanningBench.undo("r", null), false);
        assertThat(view.plan().databases()).isEqualTo(3);
        assertThat(view.plan().cohorts())
                .extracting(RolloutPlan.Cohort::path)
                .containsExactly(List.of("b"), List.of("b", "a"));
        assertThat(bench.rollbacks.start(PlanningBench.undo("r", view.seen()), "joe"))
                .isEqualTo("r-rollback");
        assertThat(bench.digest("r-rollback")).isEqualTo(view.plan().digest());
    }

    /** A plan as the version before reads it. */
    record Before(
            List<Wave> waves,
            List<RolloutPlan.Cohort> cohorts,
            List<SetAside> setAside,
            @Nullable List<String> notes) {
        Before {
            waves = List.copyOf(waves);
            cohorts = List.copyOf(cohorts);
            setAside = List.copyOf(setAside);
        }

        record Wave(String name, List<RolloutPlan.Member> members) {
            Wave {
                members = List.copyOf(members);
            }
        }
    }

    @Test
    void aReplicaOfTheVersionBeforeReadsOneOfTodayAndSaysWhatItLacks() {
        bench.fleet(50);
        bench.commands.create(PlanningBench.spec("new", "server = s1"), "ann");
        var stored = database.value("SELECT plan FROM rollout WHERE id = 'new'");
        var before = Json.read(stored, Before.class);
        var plan = bench.views.plan("new").plan();
        assertThat(before.waves())
                .extracting(Before.Wave::name)
                .containsExactly("canary", "early", "rest");
        assertThat(before.cohorts()).isEqualTo(plan.cohorts());
        assertThat(before.notes())
                .containsExactly(
                        "selects 50 of the 53 databases that there are",
                        "the databases of its waves, and those set aside, are shown by newer"
                                + " replicas of the control plane only: ask again");
        assertThat(before.setAside()).isEmpty();
    }
}
