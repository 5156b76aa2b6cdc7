// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By its status alone, a client tells what there is not from what cannot be done now. */
@QuarkusTest
class ApiStatusesTest extends ControlPlane {
    private static final String PRINT = "1-1-" + "0".repeat(64);

    /** What some doors need to come as far as the name in their path. */
    private static final Map<String, Object> BODY =
            Map.of(
                    "name",
                    "nobody",
                    "password",
                    "no password of theirs",
                    "reason",
                    "because",
                    "databases",
                    List.of(Map.of("uid", "nosuch", "observed", PRINT)));

    @ParameterizedTest
    @CsvSource({
        "GET, /api/rollouts/nosuch, 404",
        "GET, /api/rollouts/nosuch/plan, 404",
        "POST, /api/rollouts/nosuch/pause, 404",
        "POST, /api/dead-letters/999999/replay, 404",
        "POST, /api/dead-letters/999999/drop, 404",
        "POST, /api/drift/adopt, 404",
        "POST, /api/login, 401",
        "GET, /nosuch, 404",
        "GET, /api/databases?limit=abc, 400",
        "GET, /api/rollouts/nosuch/targets?limit=1.5, 400",
        "GET, /api/dead-letters?before=x, 400",
        "POST, /api/dead-letters/x/drop, 400",
    })
    void whatThereIsNot(String method, String path, int status) {
        as("joe")
                .contentType(ContentType.JSON)
                .body(method.equals("GET") ? Map.of() : BODY)
                .request(method, path)
                .then()
                .log()
                .ifValidationFails()
                .statusCode(status);
    }

    @Test
    void aNumberThatIsNoneIsNamed() {
        as("vic")
                .get("/api/databases?limit=abc")
                .then()
                .statusCode(400)
                .body("detail", containsString("abc"))
                .body("remedy", containsString("/q/openapi"));
        as("vic").get("/nosuch").then().body("remedy", containsString("/q/openapi"));
    }

    @ParameterizedTest
    @CsvSource({
        "control, 1, 0, 204",
        "history/log, 1, 0, 204",
        "rollout/nosuch, 3, 5, 204",
        "rollout/nosuch, 3, 3, 400",
        "rollout/nosuch, 0, 0, 400",
        "no stream, 1, 0, 400",
    })
    void aHistoryIsResolvedByItsNameAndNumbers(String source, long at, long to, int status) {
        as("joe")
                .contentType(ContentType.JSON)
                .body(Map.of("source", source, "at", at, "to", to, "reason", "restored"))
                .post("/api/histories/resolve")
                .then()
                .statusCode(status);
    }

    @Test
    void aWrongPasswordAndAnUnknownNameAreOneAnswer() {
        for (var name : List.of("ann", "nobody")) {
            given().contentType(ContentType.JSON)
                    .body(Map.of("name", name, "password", "nope"))
                    .post("/api/login")
                    .then()
                    .statusCode(401)
                    .body("detail", equalTo("name or password is wrong"));
            given().formParam("name", name)
                    .formParam("password", "nope")
                    .post("/console/login")
                    .then()
                    .statusCode(401)
                    .body(containsString("Name or password is wrong."));
        }
    }
}
