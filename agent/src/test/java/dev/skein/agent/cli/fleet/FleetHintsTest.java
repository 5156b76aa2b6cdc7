// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What commands on the fleet say to somebody on call, and what comes of doing as they say. */
class FleetHintsTest {
    private static final Pattern HINT = Pattern.compile("(?m)^Do it: skein (.*)$");
    private static final String SEEN = "0123456789ab" + "c".repeat(52);

    private FakeControl control;

    @BeforeEach
    void listen() throws IOException {
        control = new FakeControl();
    }

    @AfterEach
    void close() {
        control.close();
    }

    /** The words of a shell's line, of which some are in quotes. */
    private static String[] words(String line) {
        var words = new ArrayList<String>();
        var matcher = Pattern.compile("'([^']*)'|(\\S+)").matcher(line);
        while (matcher.find()) {
            words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
        }
        return words.toArray(String[]::new);
    }

    @Test
    void whatARollbackHintsIsThePlanThatWasShown() throws Exception {
        control.answers(
                "/api/rollouts/r-1/rollback-plan", "{\"plan\": {}, \"seen\": \"" + SEEN + "\"}");
        control.answers("/api/rollouts/r-1/rollback", "{\"id\": \"back-1\"}");
        control.answers("/api/rollouts/back-1", "{\"status\": \"running\"}");
        control.answers("/api/rollouts/back-1/plan", "{\"plan\": {}}");
        var shown =
                control.run(
                        "rollout",
                        "rollback",
                        "r-1",
                        "--wave",
                        "wave one",
                        "-d",
                        "shop",
                        "--way",
                        "restore",
                        "--parallel",
                        "3",
                        "--profile",
                        "oncall");
        assertThat(shown.code()).as(shown.said()).isZero();
        var hint = HINT.matcher(shown.said());
        assertThat(hint.find()).as(shown.said()).isTrue();
        assertThat(control.bodies()).isEmpty();

        var done = control.run(words(hint.group(1)));
        assertThat(done.code()).as(done.said()).isZero();
        assertThat(control.bodies())
                .containsExactly(
                        "{\"reason\":\"why\",\"wave\":\"wave one\",\"database\":\"shop\","
                                + "\"way\":\"restore\",\"parallel\":3,\"seen\":\"0123456789ab\"}");
        assertThat(done.said()).contains("skein rollout watch back-1 --profile oncall");
    }

    @Test
    void whoWaitsForAPlanWaitsForAControlPlaneThatRestarts() throws Exception {
        var open = "{\"hash\": \"h\", \"plan\": {}, \"rehearsing\": 1}";
        var known = "{\"hash\": \"h\", \"plan\": {}, \"rehearsing\": 0}";
        control.answers(
                "/api/rollouts/r-1/plan", open, FakeControl.CUT, FakeControl.CUT, open, known);
        var ended = control.run("rollout", "plan", "r-1", "--wait");
        assertThat(ended.code()).as(ended.said()).isZero();
        assertThat(ended.said())
                .containsOnlyOnce("Reconnecting:")
                .contains("The control plane answers again", "Plan of r-1");
    }

    @Test
    void whoeverProposesReadsHowManyDatabasesAreMeant() throws Exception {
        control.answers(
                "/api/rollouts/r-1/plan",
                "{\"hash\": \"h\", \"plan\": {\"notes\": [\"selects 38 of the 38 databases that"
                        + " there are\"]}}");
        assertThat(control.run("rollout", "plan", "r-1").said())
                .contains("selects 38 of the 38 databases that there are");
    }

    @Test
    void theStatusTellsSinceWhenAnAgentRuns() throws Exception {
        control.answers(
                "/api/status",
                """
                {"databases": 1, "agents": [{"id": "eu-1", "site": "eu", "databases": 1,
                 "running": 0, "started": "2026-11-29T19:00:00Z", "alive": true}]}\
                """);
        assertThat(List.of(control.run("status").said().split("\n")))
                .anyMatch(line ->
                        line.contains("agent eu-1 at eu: alive, 1 database")
                                && line.endsWith("started 2026-11-29T19:00:00Z"));
    }
}
