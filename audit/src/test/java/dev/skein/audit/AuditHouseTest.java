// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit;

import dev.skein.engine.testing.House;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditHouseTest {
    private static final House HOUSE = new House(AuditHouseTest.class);

    @Test
    void packagesSeeOnlyWhatStandsAboveThem() {
        HOUSE.noCycles();
        HOUSE.layers(
                List.of("config", "log", "drift", "intake", "sign", "security", "rest", "start"));
    }

    @Test
    void theFrameworkStaysAtTheRim() {
        HOUSE.rim(List.of("intake"), "org.apache.kafka..");
        HOUSE.rim(
                List.of("config", "intake", "security", "rest", "start"),
                "io.quarkus..",
                "io.smallrye..");
    }

    @Test
    void onlyIdentitiesAreReactive() {
        HOUSE.doorsMayWait();
        HOUSE.rim(List.of("security"), "io.smallrye.mutiny..");
    }

    @Test
    void filesAndMethodsAreSmall() throws IOException {
        House.sizes(Path.of("src/main/java"));
    }
}
