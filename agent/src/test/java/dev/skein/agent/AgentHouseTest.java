// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent;

import dev.skein.engine.testing.House;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgentHouseTest {
    private static final House HOUSE = new House(AgentHouseTest.class);

    @Test
    void packagesSeeOnlyWhatStandsAboveThem() {
        HOUSE.layers(
                List.of(
                        "daemon.config",
                        "daemon.kafka",
                        "daemon.discover",
                        "daemon.relay",
                        "daemon.bundle",
                        "daemon.run",
                        "daemon.intake",
                        "daemon.ask",
                        "daemon.start",
                        "cli"));
        HOUSE.noCycles();
    }

    @Test
    void theFrameworkStaysAtTheRim() {
        HOUSE.rim(
                List.of(
                        "daemon.kafka",
                        "daemon.bundle",
                        "daemon.intake",
                        "daemon.ask",
                        "daemon.relay"),
                "org.apache.kafka..");
        HOUSE.rim(List.of("cli"), "org.hibernate..", "org.jboss.jandex..");
        HOUSE.rim(
                List.of("daemon.config", "daemon.kafka", "daemon.start"),
                "io.quarkus..",
                "io.smallrye..");
    }

    @Test
    void filesAndMethodsAreSmall() throws IOException {
        House.sizes(Path.of("src/main/java"));
    }
}
