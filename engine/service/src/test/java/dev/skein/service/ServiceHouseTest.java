// SPDX-License-Identifier: Apache-2.0
package dev.skein.service;

import dev.skein.engine.testing.House;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceHouseTest {
    private static final House HOUSE = new House(ServiceHouseTest.class);

    @Test
    void packagesSeeOnlyWhatStandsAboveThem() {
        HOUSE.noCycles();
        HOUSE.layers(List.of("problem", "clock", "loop", "database", "page", "kafka", "rest"));
    }

    @Test
    void theFrameworkStaysAtTheDoors() {
        HOUSE.rim(List.of("rest"), "io.quarkus..", "jakarta..", "org.jboss..");
        HOUSE.rim(List.of(), "org.hibernate..");
    }

    @Test
    void filesAndMethodsAreSmall() throws IOException {
        House.sizes(Path.of("src/main/java"));
    }
}
