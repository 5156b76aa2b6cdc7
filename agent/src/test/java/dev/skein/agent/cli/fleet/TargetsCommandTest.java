// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** However many pages a list has, it is one for whoever asks. */
class TargetsCommandTest {
    private static final String ROW =
            """
            {"uid": "%1$s", "site": "eu", "server": "main", "name": "t%1$s", "heads": ["a"], "seq": 1,
             "sizeBytes": 1, "serverMajor": 15, "labels": {}, "reported": "2026-11-01T00:00:00Z"}\
            """;

    private FakeControl control;

    @BeforeEach
    void start() throws Exception {
        control = new FakeControl();
        control.pages(
                "/api/databases",
                "[" + ROW.formatted(1) + "," + ROW.formatted(2) + "]",
                "[" + ROW.formatted(3) + "," + ROW.formatted(4) + "]",
                "[" + ROW.formatted(5) + "]");
    }

    @AfterEach
    void end() {
        control.close();
    }

    @Test
    void allPagesAreRead() throws Exception {
        var ended = control.run("targets", "--select", "site = eu");
        assertThat(ended.code()).isZero();
        assertThat(ended.said()).contains("t1 ", "t3 ", "t5 ", "5 databases");
        assertThat(control.asked())
                .hasSize(3)
                .contains("/api/databases?after=2", "/api/databases?after=1");
    }

    @Test
    void noMorePagesAreReadThanAreWanted() throws Exception {
        var ended = control.run("targets", "--limit", "3");
        assertThat(ended.said()).contains("t3 ", "3 databases").doesNotContain("t4 ");
        assertThat(control.asked()).hasSize(2);
    }
}
