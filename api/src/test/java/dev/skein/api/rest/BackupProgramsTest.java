// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What agents tell of the programs that they have decides which databases a plan saves. */
@QuarkusTest
class BackupProgramsTest extends ControlPlane {
    private static void expectAgents(String... ids) {
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() ->
                        assertThat(as("vic").get("/api/status").jsonPath().getList("agents.id"))
                                .contains((Object[]) ids));
    }

    @Test
    void whereAnAgentLacksThoseOfTheServersVersionNothingIsPlanned() {
        try (var unfit = new FakeAgent(bootstrap(), "ap");
                var older = new FakeAgent(bootstrap(), "sa")) {
            unfit.beat("1", 17, List.of(15, 16, 17));
            unfit.beat("2", 17, List.of(16, 17));
            older.beat("1", 17, null);
            unfit.report("dumped-a", null);
            older.report("dumped-b", null);
            fleet("dumped-c", 1);
            expectNamed("dumped", 3);
            expectAgents("ap-1", "ap-2", "sa-1");

            create("dumped", "dumped", Map.of("name", "all"));
            as("vic")
                    .get("/api/rollouts/dumped/plan")
                    .then()
                    .body("plan.setAside.examples", equalTo(List.of(List.of("ap/dumped-a"))))
                    .body(
                            "plan.setAside[0].reason",
                            equalTo(
                                    "backup unavailable: its server is PostgreSQL 15, and of site"
                                            + " ap ap-2 has pg_dump for PostgreSQL 16, 17 (backup:"
                                            + " none \"why\" goes without)"));
        }
    }
}
