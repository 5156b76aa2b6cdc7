// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.api.command.Roles;
import dev.skein.engine.bundle.Bundle;
import dev.skein.service.database.Db;
import dev.skein.service.testing.DoorWalk;
import dev.skein.service.testing.Doors;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every text at every door: what is no text is refused in words, and stored nowhere. */
@QuarkusTest
class ApiDoorsTest extends ControlPlane {
    private static final String REVISION =
            "--@ revision: %s\n--@ message: %s\n--@ upgrade\nSELECT 1;";

    @TestHTTPResource("/")
    URI base = URI.create("/");

    @Inject Db db;

    private static String token() {
        account("walker", Roles.ALL.toArray(String[]::new));
        return io.restassured.RestAssured.given()
                .contentType(ContentType.JSON)
                .body(Map.of("name", "walker", "password", PASSWORD))
                .post("/api/login")
                .jsonPath()
                .getString("token");
    }

    @Test
    void whatIsNoTextComesInNowhere() throws Exception {
        var doors = Doors.all();
        assertThat(doors).hasSizeGreaterThan(40);
        try (var walk = new DoorWalk(base, token())) {
            assertThat(walk.findings(doors)).isEmpty();
            assertThat(walk.sent()).isGreaterThan(400);
        }
        assertThat(DoorWalk.stored(db)).isEmpty();
    }

    @Test
    void whatIsNoTextComesInByNoBundle() {
        var items =
                List.of(
                        new Bundle.Item("walkedinhere\u001b[2J.sql", REVISION.formatted("a", "m")),
                        new Bundle.Item("a.sql", REVISION.formatted("a", "walkedinhere\u0007")),
                        new Bundle.Item("a.sql", REVISION.formatted("walkedinhere".repeat(99), "")),
                        new Bundle.Item("walkedinhere".repeat(99), REVISION.formatted("a", "m")));
        for (var item : items) {
            as("ann")
                    .contentType("application/vnd.skein.bundle")
                    .body(Bundle.of(List.of(item)).bytes())
                    .post("/api/bundles")
                    .then()
                    .statusCode(400)
                    .contentType("application/problem+json");
        }
        assertThat(DoorWalk.stored(db)).isEmpty();
    }
}
