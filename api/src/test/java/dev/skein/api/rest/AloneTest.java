// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rest;

import static org.hamcrest.Matchers.equalTo;

import dev.skein.engine.event.Directive;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What one person may do alone, and what somebody else must agree to. */
@QuarkusTest
class AloneTest extends ControlPlane {
    private String takeBack(String database) {
        return rollback("joe", "slice", Map.of("reason", "bad", "database", database))
                .statusCode(200)
                .extract()
                .path("id");
    }

    @Test
    void takingBackInSlicesNeedsSomebodyElseAsSoonAsTakingBackAtOnce() {
        fleet("slice", 7);
        create("slice", "slice", Map.of("name", "all"));
        approve("slice");
        expectOpen(7, Directive.Action.MIGRATE);
        List.copyOf(agent.directives().values()).forEach(agent::succeed);
        expect("slice", "completed");
        for (int i = 0; i < 5; i++) {
            var id = takeBack("slice" + i);
            expectOpen(1, Directive.Action.MIGRATE);
            List.copyOf(agent.directives().values()).forEach(agent::succeed);
            expect(id, "completed");
        }
        var sixth = takeBack("slice5");
        as("vic").get("/api/rollouts/" + sixth).then().body("status", equalTo("proposed"));
        as("joe")
                .contentType(ContentType.JSON)
                .body(Map.of("reason", "enough"))
                .post("/api/rollouts/" + sixth + "/abort")
                .then()
                .statusCode(204);
    }

    @Test
    void aRollbackIsOfThePlanThatWasShown() {
        fleet("shown", 1);
        create("shown", "shown", Map.of("name", "all"));
        approve("shown");
        expectOpen(1, Directive.Action.MIGRATE);
        List.copyOf(agent.directives().values()).forEach(agent::succeed);
        expect("shown", "completed");
        var seen = as("vic").get("/api/rollouts/shown/rollback-plan").jsonPath().getString("seen");
        var other = Map.<String, Object>of("reason", "bad", "seen", "0".repeat(12));
        rollback("joe", "shown", other).statusCode(409);
        var one = Map.<String, Object>of("reason", "bad", "seen", seen.substring(0, 12));
        rollback("joe", "shown", one).statusCode(200);
        expectOpen(1, Directive.Action.MIGRATE);
        List.copyOf(agent.directives().values()).forEach(agent::succeed);
        expect("shown-rollback", "completed");
    }
}
