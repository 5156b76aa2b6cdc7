// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.cli.fleet.FakeControl;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever watches a rollout watches it to its end, whatever becomes of the control plane. */
class RolloutWatchCommandTest {
    private FakeControl control;

    @BeforeEach
    void listen() throws IOException {
        control = new FakeControl();
    }

    @AfterEach
    void close() {
        control.close();
    }

    /** Each status in its turn, or what else becomes of the control plane. */
    private void answers(String... all) {
        control.answers(
                "/api/rollouts/r-1",
                Arrays.stream(all).map(RolloutWatchCommandTest::answer).toArray(String[]::new));
    }

    private static String answer(String status) {
        return status.equals(FakeControl.CUT) || status.equals(FakeControl.AWAY)
                ? status
                : "{\"id\": \"r-1\", \"status\": \"%s\", \"waves\": []}".formatted(status);
    }

    private FakeControl.Ended watch(String... more) throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of("rollout", "watch", "r-1"));
        words.addAll(List.of(more));
        return control.run(words.toArray(String[]::new));
    }

    @Test
    void aControlPlaneThatRestartsIsWaitedFor() throws Exception {
        answers(
                "running",
                FakeControl.CUT,
                FakeControl.CUT,
                FakeControl.AWAY,
                "running",
                "completed");
        var ended = watch();
        assertThat(ended.code()).as(ended.said()).isZero();
        assertThat(ended.said())
                .containsOnlyOnce("Reconnecting:")
                .contains("The control plane answers again")
                .contains("r-1 completed");
    }

    @Test
    void whoNeverAnsweredIsMoreLikelyAnotherAddress() throws Exception {
        answers(FakeControl.CUT);
        var ended = watch();
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.said()).doesNotContain("Reconnecting");
    }

    @Test
    void aWatchThatEndsBeforeTheRolloutSaysSoByItsOwnCode() throws Exception {
        answers("running");
        var ended = watch("--timeout", "1s");
        assertThat(ended.code()).as(ended.said()).isEqualTo(3);
        assertThat(ended.said()).contains("it is running after 1 s", "skein rollout show r-1");
    }

    @Test
    void aHaltIsNoSuccess() throws Exception {
        answers("running", "halted");
        assertThat(watch().code()).isEqualTo(1);
    }

    @Test
    void whatHasNotChangedIsNotSentOnceMore() throws Exception {
        control.tags();
        answers("running", "running", "soaking", "running", "completed");
        var ended = watch();
        assertThat(ended.code()).as(ended.said()).isZero();
        assertThat(control.unchanged()).isEqualTo(1);
        assertThat(ended.said().lines())
                .containsExactly("r-1 running", "r-1 soaking", "r-1 running", "r-1 completed");
    }
}
