// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.testing.ContainerCondition;
import dev.skein.service.database.Db;
import dev.skein.service.testing.DoorWalk;
import dev.skein.service.testing.Doors;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every text at every door: what is no text is refused in words, and stored nowhere. */
@QuarkusTest
@QuarkusTestResource(AuditStack.class)
@ExtendWith(ContainerCondition.class)
class AuditDoorsTest {
    @TestHTTPResource("/")
    URI base = URI.create("/");

    @Inject Db db;

    private HttpResponse<String> get(String path) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(base.resolve(path)).build();
            return http.send(request, BodyHandlers.ofString());
        }
    }

    @Test
    void whereThereIsNoDoorItIsToldWhichThereAre() throws Exception {
        var none = get("/nosuch");
        assertThat(none.statusCode()).as(none.body()).isEqualTo(404);
        assertThat(none.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).contains("application/problem+json"));
        assertThat(none.body()).contains("there is nothing at this path", "/q/openapi");
        var doors = get("/q/openapi");
        assertThat(doors.statusCode()).isEqualTo(200);
        assertThat(doors.body()).contains("/api/audit/entries/{index}");
    }

    @Test
    void whatIsNoTextComesInNowhere() throws Exception {
        var doors = Doors.all();
        assertThat(doors).hasSizeGreaterThan(10);
        try (var walk = new DoorWalk(base, "walker-viewer-auditor-operator")) {
            assertThat(walk.findings(doors)).isEmpty();
            assertThat(walk.sent()).isGreaterThan(100);
        }
        assertThat(DoorWalk.stored(db)).isEmpty();
    }
}
