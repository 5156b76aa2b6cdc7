// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.skein.service.database.Db;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A plan is shown in little; its databases come page by page to who asks for them. */
@QuarkusTest
class PlanDoorsTest extends ControlPlane {
    private static final Pattern NEXT = Pattern.compile("<([^>]*)>; rel=\"next\"");

    @Inject Db db;

    private static Response get(String path) {
        return as("vic").urlEncodingEnabled(false).get(path);
    }

    /** A field of all rows of a list, page by page. */
    private static List<String> all(String path, String field) {
        var found = new ArrayList<String>();
        var next = path;
        while (next != null) {
            var page = get(next);
            assertThat(page.statusCode()).isEqualTo(200);
            found.addAll(page.jsonPath().getList(field, String.class));
            var link = page.header("Link");
            var matcher = NEXT.matcher(link == null ? "" : link);
            next = matcher.find() ? matcher.group(1) : null;
        }
        return found;
    }

    private static String cursor(String... keys) {
        var json = "[\"" + String.join("\",\"", keys) + "\"]";
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aPlansDatabasesComePageByPage() {
        fleet("paged", 5);
        db.run(tx ->
                tx.query(
                        """
                        UPDATE fleet_database SET problem = 'its server is away'
                        WHERE name IN ('paged1', 'paged3', 'paged4')
                        """));
        create("paged", "paged", Map.of("name", "one", "take", "1"), Map.of("name", "all"));
        get("/api/rollouts/paged/plan")
                .then()
                .statusCode(200)
                .body("plan.waves.databases", equalTo(List.of(1, 1)))
                .body("plan.waves[0]", not(hasKey("members")))
                .body("plan.setAsideInAll", equalTo(3))
                .body("plan.setAside", hasSize(1))
                .body("plan.setAside[0].databases", equalTo(3));
        var plan = "/api/rollouts/paged/plan";
        assertThat(all(plan + "/databases?limit=1", "name")).containsExactly("paged0", "paged2");
        assertThat(all(plan + "/databases", "wave")).containsExactly("one", "all");
        assertThat(all(plan + "/set-aside?limit=1", "name"))
                .containsExactly("paged1", "paged3", "paged4");
        assertThat(all(plan + "/set-aside?limit=0", "reason"))
                .hasSize(3)
                .containsOnly("its server is away");
        get(plan + "/databases").then().body("[0].path", equalTo(List.of("a", "b")));
        assertThat(get("/console/rollouts/paged").asString())
                .contains("3 set aside", "eu/paged1", "/console/rollouts/paged/plan/set-aside");
        assertThat(get("/console/rollouts/paged/plan/set-aside").asString())
                .contains("eu/paged4", "its server is away");
        assertThat(get("/console/rollouts/paged/plan/databases").asString())
                .contains("eu/paged2", "<code>b</code>");
    }

    @Test
    void aPlaceThatIsNoneOfTheListIsRefusedAndOneBeyondItsEndIsEmpty() {
        fleet("placed", 2);
        create("placed", "placed", Map.of("name", "all"));
        for (var list : List.of("/plan/databases", "/plan/set-aside")) {
            var path = "/api/rollouts/placed" + list;
            for (var after :
                    List.of(
                            "x",
                            cursor("databases", "a", "b", "c"),
                            cursor("targets of placed", "0", "1"))) {
                get(path + "?after=" + after)
                        .then()
                        .statusCode(400)
                        .body("detail", containsString("it is no place in the list of"));
            }
            get("/api/rollouts/nosuch" + list).then().statusCode(404);
            get("/console/rollouts/nosuch" + list).then().statusCode(404);
        }
        get("/api/rollouts/placed/plan/databases?after="
                        + cursor("databases of the plan of placed", "9", "9"))
                .then()
                .statusCode(200)
                .header("Link", nullValue())
                .body("size()", equalTo(0));
        get("/api/rollouts/placed/plan/set-aside?after="
                        + cursor("what is set aside of placed", "7"))
                .then()
                .statusCode(200)
                .body("size()", equalTo(0));
        get("/api/rollouts/placed/plan/set-aside?after="
                        + cursor("what is set aside of placed", "1e9"))
                .then()
                .statusCode(400);
    }
}
