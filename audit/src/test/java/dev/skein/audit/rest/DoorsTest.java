// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.postgres.Db;
import dev.skein.service.testing.DoorWalk;
import dev.skein.service.testing.Doors;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Every text at every door: what is no text is refused in words, and stored nowhere. */
@QuarkusTest
@QuarkusTestResource(AuditStack.class)
@EnabledIf(
        value = "dev.skein.engine.testing.Containers#areThereIfWanted",
        disabledReason = "no container engine answers")
class DoorsTest {
    @TestHTTPResource("/")
    URI base = URI.create("/");

    @Inject Db db;

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
