// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.api.testing.OnApiDatabase;
import dev.skein.engine.postgres.SqlLiterals;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TargetGroupsTest extends OnApiDatabase {
    private final List<AttemptRow> attempts = new ArrayList<>();
    private int targets;

    @BeforeEach
    void schema() {
        migrate("heads");
        database.run(
                """
                INSERT INTO bundle (digest, revisions, heads, content, pushed_by, pushed_at)
                VALUES ('d', 0, '{}', '', 'ann', now());
                INSERT INTO rollout (id, status, author, bundle, target, plan_hash, plan, created_at, changed_at)
                VALUES ('r', 'running', 'ann', 'd', 'heads', '', '{}', now(), now());
                INSERT INTO wave_tally (rollout, wave, name, planned) VALUES ('r', 0, 'all', 100)\
                """);
    }

    private void target(String state, @Nullable String signature, @Nullable String message) {
        targets++;
        database.run(
                """
                INSERT INTO rollout_target (rollout, uid, wave, place, site, name, state, signature, message)
                VALUES ('r', 'u%1$d', 0, %1$d, 'eu', 't%1$d', '%2$s', %3$s, %4$s)\
                """
                        .formatted(
                                targets,
                                state,
                                SqlLiterals.nullable(signature),
                                SqlLiterals.nullable(message)));
    }

    private List<RolloutViews.FailureView> failures() {
        return db.call(tx -> TargetGroups.failures(tx, "r"));
    }

    private List<RolloutViews.AsideView> setAside() {
        return db.call(tx -> TargetGroups.setAside(tx, "r"));
    }

    private void attempt(String doing, boolean troubled, long seconds) {
        var row = new AttemptRow();
        row.site = "us";
        row.name = "t" + (attempts.size() + 1);
        row.doing = doing;
        row.troubled = troubled;
        row.seconds = seconds;
        attempts.add(row);
    }

    @Test
    void failuresOfOneSignatureAreOneGroupWithTheFirstMessage() {
        target("failed", "23505", "duplicate in t1");
        target("aside", null, "drifted");
        target("failed", "23505", "duplicate in t3");
        target("failed", null, null);
        assertThat(failures())
                .containsExactly(
                        new RolloutViews.FailureView(
                                "23505", 2, "duplicate in t1", List.of("eu/t1", "eu/t3")),
                        new RolloutViews.FailureView("unknown", 1, "", List.of("eu/t4")));
    }

    @Test
    void whatIsSetAsideIsGroupedByItsReason() {
        target("failed", "23505", "duplicate");
        target("aside", null, "drifted");
        target("aside", null, null);
        target("aside", null, "drifted");
        assertThat(setAside())
                .containsExactly(
                        new RolloutViews.AsideView("drifted", 2, List.of("eu/t2", "eu/t4")),
                        new RolloutViews.AsideView("no reason was given", 1, List.of("eu/t3")));
    }

    @Test
    void someExamplesAreEnough() {
        for (int n = 0; n < 9; n++) {
            target("failed", "42601", "no");
        }
        var failure = failures().getFirst();
        assertThat(failure.databases()).isEqualTo(9);
        assertThat(failure.examples()).containsExactly("eu/t1", "eu/t2", "eu/t3", "eu/t4", "eu/t5");
    }

    @Test
    void whatIsTroubledComesFirstThenWhatLastsLongest() {
        attempt("waits for a lock", false, 90);
        attempt("runs", false, 100);
        attempt("waits for a lock", true, 5);
        attempt("waits for a lock", false, 80);
        assertThat(TargetGroups.doing(attempts))
                .containsExactly(
                        new RolloutViews.DoingView(
                                "waits for a lock", true, 1, 5, List.of("us/t3")),
                        new RolloutViews.DoingView("runs", false, 1, 100, List.of("us/t2")),
                        new RolloutViews.DoingView(
                                "waits for a lock", false, 2, 90, List.of("us/t1", "us/t4")));
    }
}
