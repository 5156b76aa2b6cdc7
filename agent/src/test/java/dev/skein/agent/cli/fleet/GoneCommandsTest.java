// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said and asked of databases and agents that are gone. */
class GoneCommandsTest {
    private static final String UID = "a".repeat(32);
    private static final String GONE =
            """
            [{"uid": "%s", "name": "old", "site": "eu", "server": "main", "heads": [], "seq": 3,
              "problem": "it is not at site eu", "notSeenSince": "2026-11-01T10:00:00Z"},
             {"uid": "%s", "name": "old", "site": "eu", "server": "main", "heads": [], "seq": 1}]\
            """
                    .formatted(UID, "b".repeat(32));
    private static final String STATUS =
            """
            {"databases": 2, "byHeads": {"": 1}, "problems": [{"problem": "it is not at site eu", "site": "eu",
              "server": "main", "databases": 1, "examples": ["eu/old"], "notSeenSince": "2026-11-01T10:00:00Z"}],
             "agents": [{"id": "eu-1", "site": "eu", "databases": 1, "running": 0, "alive": true,
               "seen": "2026-11-29T10:00:00Z", "refused": 3, "refusedLast": "skein.directives.eu-0@7: no JSON"}, {"id": "eu-2", "site": "eu", "databases": 7, "running": 0,
               "alive": false, "seen": "2026-11-02T10:00:00Z"}]}\
            """;

    private FakeControl control;

    @BeforeEach
    void listen() throws IOException {
        control = new FakeControl();
        control.answers("/api/databases", GONE);
        control.answers("/api/databases/forget", "{}");
        control.answers("/api/status", STATUS);
        control.answers("/api/agents/forget", "{}");
    }

    @AfterEach
    void close() {
        control.close();
    }

    private String skein(String... words) throws IOException, InterruptedException {
        var ended = control.run(words);
        assertThat(ended.code()).as(ended.said()).isZero();
        return ended.said();
    }

    @Test
    void whatIsGoneIsListedWithWhenItWasSeenLast() throws Exception {
        assertThat(skein("targets", "--gone"))
                .contains("it is not at site eu; not seen since 2026-11-01T10:00:00Z");
        assertThat(control.asked().remove()).contains("gone=true");
        skein("targets");
        assertThat(control.asked().remove()).doesNotContain("gone");
    }

    @Test
    void databasesAreForgottenByNameOrUidForAReason() throws Exception {
        assertThat(skein("targets", "forget", "eu/old", UID, "--reason", "they left"))
                .contains("Forgot 1 database");
        assertThat(control.asked().remove()).startsWith("/api/databases?");
        assertThat(control.asked().remove())
                .startsWith("/api/databases/forget")
                .contains("\"databases\":[\"" + UID + "\"]")
                .contains("\"reason\":\"they left\"");
    }

    @Test
    void agentsAreListedAndForgottenForAReason() throws Exception {
        assertThat(skein("agents"))
                .contains("silent since 2026-11-02T10:00:00Z")
                .contains("alive; could not take 3 records, the last: skein.directives.eu-0@7");
        assertThat(control.asked().remove()).startsWith("/api/status");
        assertThat(skein("agents", "forget", "eu-2", "-r", "it was returned"))
                .contains("Forgot 1 agent");
        assertThat(control.asked().remove())
                .startsWith("/api/agents/forget")
                .contains("\"agents\":[\"eu-2\"]")
                .contains("\"reason\":\"it was returned\"");
    }

    @Test
    void theStatusSaysSinceWhenDatabasesAndAgentsAreGone() throws Exception {
        assertThat(skein("status"))
                .contains("it is not at site eu, not seen since 2026-11-01T10:00:00Z (eu/old)")
                .contains("agent eu-1 at eu: alive,")
                .contains("agent eu-2 at eu: silent since 2026-11-02T10:00:00Z, 7 databases");
    }
}
