// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.engine.Json;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A plan is told in few lines; every database of it only to who asks for them. */
class RolloutPlanCommandTest {
    private static final String PLAN =
            """
            {"hash": "0123456789abcdef", "plan": {
              "waves": [{"name": "canary", "databases": 1, "examples": ["eu/t1"]},
                        {"name": "rest", "databases": 900, "examples": ["eu/t2", "eu/t3"]}],
              "cohorts": [{"heads": [], "path": ["a", "b"], "databases": 901}], "cohortsInAll": 3,
              "setAside": [{"reason": "away", "databases": 7, "examples": ["us/x1", "us/x2"]},
                           {"reason": "drifted", "databases": 1, "examples": ["us/y"]}],
              "setAsideInAll": 10, "notes": ["selects 911 of the 911 databases that there are"]}}\
            """;

    private FakeControl control;

    @BeforeEach
    void open() throws IOException {
        control = new FakeControl();
        control.answers("/api/rollouts/r-1/plan", PLAN);
        control.pages(
                "/api/rollouts/r-1/plan/databases",
                "[{\"site\": \"eu\", \"name\": \"t1\", \"wave\": \"canary\"}]",
                "[{\"site\": \"eu\", \"name\": \"t2\", \"wave\": \"rest\"}]");
        control.pages(
                "/api/rollouts/r-1/plan/set-aside",
                "[{\"site\": \"us\", \"name\": \"x1\", \"reason\": \"away\"}]",
                "[{\"site\": \"us\", \"name\": \"x2\", \"reason\": \"away\"}]");
    }

    @AfterEach
    void close() {
        control.close();
    }

    @Test
    void countsAndExamplesAreTold() throws Exception {
        var ended = control.run("rollout", "plan", "r-1");
        assertThat(ended.code()).as(ended.said()).isZero();
        assertThat(ended.said().lines())
                .contains(
                        "  wave canary      1 database: eu/t1",
                        "  wave rest      900 databases: eu/t2 eu/t3 …",
                        "  and 2 smaller groups of databases",
                        "  selects 911 of the 911 databases that there are",
                        "  set aside 7 databases: away",
                        "      us/x1 us/x2 …",
                        "  set aside us/y: drifted",
                        "  set aside 2 databases for other reasons");
        assertThat(control.asked()).containsExactly("/api/rollouts/r-1/plan");
    }

    @Test
    void everyDatabaseIsNamedPageByPage() throws Exception {
        var ended = control.run("rollout", "plan", "r-1", "--all");
        assertThat(ended.code()).as(ended.said()).isZero();
        assertThat(ended.said().lines())
                .endsWith(
                        "  wave canary: eu/t1",
                        "  wave rest: eu/t2",
                        "  set aside us/x1: away",
                        "  set aside us/x2: away");
    }

    @Test
    void everyDatabaseAsOneDocument() throws Exception {
        var ended = control.run("rollout", "plan", "r-1", "--all", "--json");
        assertThat(ended.code()).as(ended.said()).isZero();
        var all = Json.read(ended.said(), JsonNode.class);
        assertThat(all.at("/plan/plan/waves/1/databases").asInt()).isEqualTo(900);
        assertThat(all.at("/databases/1/name").asText()).isEqualTo("t2");
        assertThat(all.at("/setAside/1/reason").asText()).isEqualTo("away");
    }

    @Test
    void aPlanOfAnOlderControlPlaneIsToldAsEver() throws Exception {
        control.answers(
                "/api/rollouts/r-1/plan",
                """
                {"hash": "h", "plan": {"waves": [{"name": "all", "members":
                  [{"site": "eu", "name": "t1"}, {"site": "us", "name": "t2"}]}],
                  "setAside": [{"site": "eu", "name": "x", "reason": "away"}]}}\
                """);
        assertThat(control.run("rollout", "plan", "r-1").said().lines())
                .contains("  wave all         2 databases: eu/t1 us/t2", "  set aside eu/x: away");
    }
}
