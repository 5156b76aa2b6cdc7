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
                        "config",
                        "kafka",
                        "discover",
                        "relay",
                        "bundle",
                        "run",
                        "intake",
                        "ask",
                        "start",
                        "cli"));
        HOUSE.noCycles();
    }

    @Test
    void theFrameworkStaysAtTheRim() {
        HOUSE.rim(List.of("kafka", "bundle", "intake", "ask", "relay"), "org.apache.kafka..");
        HOUSE.rim(List.of("cli"), "org.hibernate..", "org.jboss.jandex..");
        HOUSE.rim(List.of("config", "kafka", "start"), "io.quarkus..", "io.smallrye..");
    }

    @Test
    void filesAndMethodsAreSmall() throws IOException {
        House.sizes(Path.of("src/main/java"));
    }
}
