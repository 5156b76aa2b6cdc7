// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class TargetGroupsTest {
    private final List<TargetRow> targets = new ArrayList<>();
    private final List<AttemptRow> attempts = new ArrayList<>();

    private void target(String state, @Nullable String signature, @Nullable String message) {
        var row = new TargetRow();
        row.site = "eu";
        row.name = "t" + (targets.size() + 1);
        row.state = state;
        row.signature = signature;
        row.message = message;
        targets.add(row);
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
        assertThat(TargetGroups.failures(targets))
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
        assertThat(TargetGroups.setAside(targets))
                .containsExactly(
                        new RolloutViews.AsideView("drifted", 2, List.of("eu/t2", "eu/t4")),
                        new RolloutViews.AsideView("no reason was given", 1, List.of("eu/t3")));
    }

    @Test
    void someExamplesAreEnough() {
        for (int n = 0; n < 9; n++) {
            target("failed", "42601", "no");
        }
        var failure = TargetGroups.failures(targets).getFirst();
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
