// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.api.security.Roles;
import dev.skein.engine.postgres.Db;
import dev.skein.service.testing.DoorWalk;
import dev.skein.service.testing.Doors;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every text at every door: what is no text is refused in words, and stored nowhere. */
@QuarkusTest
class DoorsTest extends ControlPlane {
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
}
