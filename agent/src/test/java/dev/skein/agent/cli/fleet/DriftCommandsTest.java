// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** However many databases differ alike, a list names some, and a decision is about all. */
class DriftCommandsTest {
    private static final String COHORT =
            """
            {"cohort": "%s", "number": %d, "states": ["open"], "firstSeen": "2026-11-01T00:00:00Z",
             "lastSeen": "2026-11-02T00:00:00Z", "databases": [%s], "differences": {"known": true,
             "changes": [{"kind": "index", "name": "public.x", "change": "added", "attributes": {}}], "fix": []}}\
            """;

    private static final String FOUND =
            """
            {"uid": "u%1$d", "site": "eu", "name": "t%1$d", "observed": "p", "state": "open",
             "firstSeen": "2026-11-01T00:00:00Z"}\
            """;

    private FakeControl control;

    @BeforeEach
    void start() throws Exception {
        control = new FakeControl();
        control.answers("/api/services", "{\"audit\": \"" + control.address() + "\"}");
        control.pages(
                "/api/audit/drift/findings",
                "[" + FOUND.formatted(1) + "," + FOUND.formatted(2) + "]",
                "[" + FOUND.formatted(3) + "]");
        control.answers("/api/drift/adopt", "{}");
    }

    @AfterEach
    void end() {
        control.close();
    }

    @Test
    void theLargestCohortsStandFirst() throws Exception {
        control.pages(
                "/api/audit/drift/cohorts",
                "[" + COHORT.formatted("aaaa", 1, FOUND.formatted(9)) + "]",
                "[" + COHORT.formatted("bbbb", 1200, FOUND.formatted(1)) + "]");
        var ended = control.run("drift", "list");
        assertThat(ended.code()).as(ended.said()).isZero();
        assertThat(ended.said())
                .containsSubsequence("bbbb", "1200", "index public.x was added", "aaaa");
        assertThat(control.run("drift", "list", "--limit", "1").said()).doesNotContain("aaaa");
    }

    @Test
    void whatIsDecidedIsDecidedOnAllOfThem() throws Exception {
        control.answers(
                "/api/audit/drift/cohorts",
                "[" + COHORT.formatted("bbbb", 3, FOUND.formatted(1)) + "]");
        var ended = control.run("drift", "adopt", "bb", "--reason", "good");
        assertThat(ended.code()).as(ended.said()).isZero();
        assertThat(ended.said()).contains("Decided on 3 databases");
        assertThat(control.bodies().getLast()).contains("u1", "u2", "u3");
        assertThat(control.asked())
                .anyMatch(path -> path.startsWith("/api/audit/drift/cohorts?all=false&cohort=bb"))
                .anyMatch(
                        path -> path.startsWith("/api/audit/drift/findings?all=false&cohort=bbbb"));
    }

    @Test
    void aDatabaseStandsForTheCohortThatItIsIn() throws Exception {
        control.answers(
                "/api/audit/drift/cohorts",
                "[" + COHORT.formatted("bbbb", 1, FOUND.formatted(1)) + "]",
                "[" + COHORT.formatted("bbbb", 3, FOUND.formatted(1)) + "]");
        var ended = control.run("drift", "show", "eu/t1");
        assertThat(ended.code()).as(ended.said()).isZero();
        assertThat(ended.said()).contains("index public.x was added", "eu/t2", "eu/t3");
        assertThat(control.asked())
                .anyMatch(path ->
                        path.startsWith("/api/audit/drift/cohorts?all=true&site=eu&name=t1"));
    }

    @Test
    void theRecordIsReadPageByPage() throws Exception {
        control.pages(
                "/api/audit/entries",
                "[{\"index\": 9, \"source\": \"rollout/a\", \"says\": {\"type\": \"made\"}}]",
                "[{\"index\": 8, \"source\": \"rollout/a\", \"says\": {\"type\": \"begun\"}}]");
        var ended = control.run("audit", "log", "--limit", "2000");
        assertThat(ended.code()).as(ended.said()).isZero();
        assertThat(ended.said()).contains("made", "begun");
        assertThat(control.asked())
                .anyMatch(path -> path.startsWith("/api/audit/entries?limit=500&"));
    }
}
