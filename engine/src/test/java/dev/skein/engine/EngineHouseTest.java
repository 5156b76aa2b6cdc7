// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine;

import dev.skein.engine.testing.House;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineHouseTest {
    private static final House HOUSE = new House(EngineHouseTest.class);

    @Test
    void packagesSeeOnlyWhatStandsAboveThem() {
        HOUSE.noCycles();
        HOUSE.layers(
                List.of(
                        "revision",
                        "script",
                        "postgres",
                        "catalog",
                        "ddl",
                        "plan",
                        "journal",
                        "event",
                        "nontransactional",
                        "execute",
                        "embed",
                        "server",
                        "scratch",
                        "sample",
                        "rehearse",
                        "backup",
                        "lint",
                        "generate",
                        "bundle",
                        "proof"));
    }

    @Test
    void theEngineKnowsNoFramework() {
        HOUSE.rim(
                List.of(),
                "io.quarkus..",
                "jakarta..",
                "org.apache.kafka..",
                "java.net.http..",
                "org.hibernate..");
    }

    @Test
    void filesAndMethodsAreSmall() throws IOException {
        House.sizes(Path.of("src/main/java"));
    }
}
