// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.skein.api.command.Roles;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Whoever leaves a page open is told what has changed, and who may see what is asked each time. */
@QuarkusTest
class ViewersTest extends ControlPlane {
    private static final String OTHER = "\"another\"";

    private static Response again(String who, String path, String tag) {
        return as(who).header("If-None-Match", tag).get(path);
    }

    private static void proposed(String id) {
        create(id, "viewed", Map.of("name", "all"));
    }

    @Test
    void whatHasNotChangedIsNotSentAgain() {
        fleet("viewed", 1);
        proposed("viewed-1");
        for (var path :
                List.of(
                        "/console/live",
                        "/console/rollouts/viewed-1/live",
                        "/api/status",
                        "/api/rollouts/viewed-1")) {
            var tag = new AtomicReference<>(as("vic").get(path).header("ETag"));
            await().atMost(Duration.ofMinutes(1)) // others are at work, too
                    .untilAsserted(() -> {
                        var answer = again("vic", path, tag.get());
                        tag.set(answer.header("ETag"));
                        assertThat(answer.statusCode()).as(path).isEqualTo(304);
                        assertThat(answer.asByteArray()).isEmpty();
                    });
            again("vic", path, OTHER).then().statusCode(200).body(not(equalTo("")));
            again("vic", path, OTHER).then().header("Cache-Control", "private, no-cache");
        }
    }

    @Test
    void aPageKnowsTheTagOfWhatItShows() {
        fleet("viewed", 1);
        proposed("viewed-2");
        for (var path : List.of("/console", "/console/rollouts/viewed-2")) {
            var page = as("vic").get(path).asString();
            assertThat(page).containsPattern("data-tag='\"[0-9a-f]{32}\"'");
        }
    }

    @Test
    void everybodySeesWhatTheyMayDo() {
        fleet("viewed", 1);
        proposed("viewed-3");
        var path = "/console/rollouts/viewed-3/live";
        for (var tag : List.of("", OTHER)) {
            again("bob", path, tag).then().body(containsString("viewed-3/approve"));
            again("joe", path, tag).then().body(containsString("viewed-3/abort"));
            again("joe", path, tag).then().body(not(containsString("viewed-3/approve")));
            again("vic", path, tag).then().body(not(containsString("viewed-3/")));
        }
    }

    @Test
    void whoMayNotLookIsToldNothingByATagEither() {
        fleet("viewed", 1);
        proposed("viewed-4");
        account("blind", Roles.AUTHOR);
        for (var path : List.of("/console/live", "/api/status", "/api/rollouts/viewed-4")) {
            again("vic", path, OTHER).then().statusCode(200);
            again("blind", path, "*").then().statusCode(403);
            given().header("If-None-Match", "*").get(path).then().statusCode(401);
        }
        again("vic", "/api/rollouts/viewed-none", OTHER).then().statusCode(404);
        as("vic").get("/console/rollouts/viewed-none/live").then().statusCode(404);
    }

    @Test
    void whoDecidesSeesItAtOnceAndOthersSoon() {
        fleet("viewed", 1);
        proposed("viewed-5");
        var path = "/api/rollouts/viewed-5";
        again("vic", path, OTHER).then().body("status", equalTo("proposed"));
        as("joe")
                .contentType(ContentType.JSON)
                .body(Map.of("reason", "not today"))
                .post(path + "/abort")
                .then()
                .statusCode(204);
        as("vic").get(path).then().body("status", equalTo("aborted"));
        as("joe").get("/console/rollouts/viewed-5/live").then().body(containsString("aborted"));
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(
                        () -> again("vic", path, OTHER).then().body("status", equalTo("aborted")));
    }
}
