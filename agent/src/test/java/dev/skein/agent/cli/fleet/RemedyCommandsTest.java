// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the commands that put things right say and send, and how they end. */
class RemedyCommandsTest {
    private static final String WELL = "{\"lostDecisions\": 0, \"topics\": []}";
    private static final String LETTER =
            """
            [{"id": 7, "topic": "skein.journal", "partition": 1, "offset": 12, "key": "k", "times": 2,
              "lastAt": "2026-11-30T10:00:00Z", "state": "%s", "reason": "it is too long"}]\
            """;

    private FakeControl control;

    @BeforeEach
    void listen() throws IOException {
        control = new FakeControl();
        control.answers("/api/services", "{\"audit\": \"" + control.address() + "\"}");
    }

    @AfterEach
    void close() {
        control.close();
    }

    private String skein(int code, String... words) throws IOException, InterruptedException {
        var ended = control.run(words);
        assertThat(ended.code()).as(ended.said()).isEqualTo(code);
        return ended.said();
    }

    @Test
    void theStatusTellsThatItStopped() throws Exception {
        control.answers("/api/control", WELL);
        assertThat(skein(0, "control", "status")).contains("The control plane decides.");
        control.answers(
                "/api/control",
                """
                {"stopped": "2026-11-30T10:00:00Z", "found": "an older copy", "remedy": "Reconcile it",
                 "lostDecisions": 2, "topics": []}\
                """);
        assertThat(skein(4, "control", "status"))
                .contains("Nothing is decided or sent since 2026-11-30T10:00:00Z: an older copy.")
                .contains("2 published decisions")
                .contains("Reconcile it");
    }

    @Test
    void theStatusTellsWhatCannotBeSentAndWhoElseSends() throws Exception {
        control.answers(
                "/api/control",
                """
                {"lostDecisions": 0, "topics": [], "unsent": [{"route": "directives.eu", "tries": 9,
                 "reason": "topic skein.directives.eu is not there"}]}\
                """);
        assertThat(skein(4, "control", "status"))
                .contains(
                        "directives.eu: not sent, 9 tries: topic skein.directives.eu is not there");
        control.answers("/api/control", "{\"topics\": [], \"sender\": \"77@api-2\"}");
        assertThat(skein(0, "control", "status")).contains("process 77@api-2");
    }

    @Test
    void lettersOfBothServicesAreListedAndDecidedOn() throws Exception {
        control.answers("/api/dead-letters", LETTER.formatted("waiting"));
        control.answers("/api/audit/dead-letters", "[]");
        assertThat(skein(4, "control", "dead-letters"))
                .contains("api-7")
                .contains("skein.journal-1@12")
                .contains("it is too long");
        control.answers("/api/dead-letters", LETTER.formatted("dropped"));
        assertThat(skein(0, "control", "dead-letters", "--all")).contains("dropped");
        control.answers("/api/dead-letters/7/replay", "{}");
        control.answers("/api/audit/dead-letters/12/drop", "{}");
        control.asked().clear();
        assertThat(skein(0, "control", "replay", "api-7")).contains("Took 1 record");
        assertThat(skein(0, "control", "drop", "audit-12")).contains("Dropped 1 record");
        assertThat(control.asked())
                .anyMatch(one -> one.startsWith("/api/dead-letters/7/replay"))
                .anyMatch(one -> one.startsWith("/api/audit/dead-letters/12/drop"));
        assertThat(skein(2, "control", "replay", "7")).contains("skein control dead-letters");
    }

    @Test
    void noticesOfBothServicesAreListedAndAcknowledged() throws Exception {
        control.answers("/api/control/notices", "[]");
        control.answers("/api/audit/notices", "[]");
        assertThat(skein(0, "control", "notices")).contains("None");
        control.answers(
                "/api/audit/notices",
                """
                [{"topic": "skein.journal", "found": "it was made anew", "remedy": "See who may delete it",
                  "partitions": 2, "records": 0, "at": "2026-11-30T10:00:00Z"}]\
                """);
        assertThat(skein(4, "control", "notices"))
                .contains("audit/skein.journal")
                .contains("it was made anew")
                .contains("See who may delete it");
        control.answers("/api/audit/notices/acknowledge", "{}");
        skein(0, "control", "acknowledge", "audit/skein.journal");
        assertThat(control.bodies()).containsExactly("{\"topic\":\"skein.journal\"}");
    }

    @Test
    void reconcilingIsShownFirstAndDoneForAReason() throws Exception {
        control.answers(
                "/api/control/reconciliation",
                """
                {"since": "2026-11-30T10:00:00Z", "found": "an older copy", "adopted": 2, "left": 1,
                 "paused": ["a"], "aborted": [], "withdrawn": 0, "sentAgain": false, "tokens": 3}\
                """);
        assertThat(skein(0, "control", "reconcile"))
                .contains("2 decisions taken back")
                .contains("paused: a")
                .contains("Nothing was changed yet");
        assertThat(control.bodies()).isEmpty();
        assertThat(skein(0, "control", "reconcile", "--reason", "disk lost"))
                .contains("Done and recorded");
        assertThat(control.bodies()).containsExactly("{\"reason\":\"disk lost\"}");
    }

    private void troubled(String state, int next, int first) {
        control.answers(
                "/api/audit/trouble",
                """
                {"sources": [{"source": "drift/u", "state": "%s", "next": %d, "waiting": 1, "refused": 1,
                  "first": %d}], "anomalies": []}\
                """
                        .formatted(state, next, first));
        control.answers("/api/histories/resolve", "{}");
    }

    @Test
    void aForkAndAGapAreResolvedAtTheNumberWhereTheyStand() throws Exception {
        troubled("fork", 5, 0);
        assertThat(skein(4, "audit", "trouble"))
                .contains("drift/u at 5")
                .contains("skein audit resolve HISTORY");
        assertThat(skein(0, "audit", "resolve", "drift/u", "-r", "restored"))
                .contains("drift/u goes on at 5");
        troubled("gap", 5, 8);
        assertThat(skein(0, "audit", "resolve", "drift/u", "-r", "dropped"))
                .contains("drift/u goes on at 8; what is missing from 5 on is taken for lost");
        assertThat(control.bodies().getFirst())
                .contains("\"source\":\"drift/u\"")
                .contains("\"at\":5")
                .contains("\"to\":0")
                .contains("\"reason\":\"restored\"");
        assertThat(control.bodies().getLast()).contains("\"at\":5").contains("\"to\":8");
        assertThat(skein(1, "audit", "resolve", "drift/v", "-r", "x")).contains("neither a fork");
    }

    @Test
    void troubleTellsOfTopicsThatAreNotRead() throws Exception {
        control.answers(
                "/api/audit/trouble",
                "{\"sources\": [], \"anomalies\": [], \"topics\": [\"skein.journal: elsewhere\"]}");
        assertThat(skein(4, "audit", "trouble")).contains("skein.journal: elsewhere");
        control.answers("/api/audit/trouble", "{\"sources\": [], \"anomalies\": []}");
        skein(0, "audit", "trouble");
    }

    @Test
    void theLogIsContinuedForAReason() throws Exception {
        control.answers(
                "/api/audit/continuation",
                "{\"note\": \"n\", \"signed\": 9, \"from\": 7, \"unread\": 0}");
        control.answers("/api/histories/continue", "{}");
        assertThat(skein(0, "audit", "continue"))
                .contains(
                        "9 entries were signed; the log goes on from 7, and does not prove 7 to 8")
                .contains("Nothing was changed yet");
        assertThat(control.bodies()).isEmpty();
        skein(0, "audit", "continue", "-r", "disk lost");
        assertThat(control.bodies().getFirst())
                .contains("\"note\":\"n\"")
                .contains("\"from\":7")
                .contains("\"reason\":\"disk lost\"");
    }

    @Test
    void databasesAreSkippedForAReason() throws Exception {
        control.answers("/api/rollouts/r-1/skip", "{}");
        assertThat(skein(0, "rollout", "skip", "r-1", "eu/a", "eu/b", "-r", "gone"))
                .contains("Skipped 2 of its databases in r-1");
        assertThat(control.bodies().getFirst())
                .contains("\"databases\":[\"eu/a\",\"eu/b\"]")
                .contains("\"reason\":\"gone\"");
    }
}
