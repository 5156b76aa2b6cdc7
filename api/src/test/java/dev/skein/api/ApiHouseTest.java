// SPDX-License-Identifier: Apache-2.0
package dev.skein.api;

import dev.skein.engine.testing.House;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApiHouseTest {
    private static final House HOUSE = new House(ApiHouseTest.class);

    @Test
    void packagesSeeOnlyWhatStandsAboveThem() {
        HOUSE.noCycles();
        HOUSE.layers(
                List.of(
                        "config",
                        "fleet",
                        "rollout",
                        "store",
                        "command",
                        "query",
                        "relay",
                        "conductor",
                        "projection",
                        "security",
                        "rest",
                        "console",
                        "start"));
    }

    @Test
    void theDoorsStandBesideEachOther() {
        HOUSE.apart("rest", "console");
    }

    @Test
    void decisionsAndFleetAreFreeOfFrameworks() {
        HOUSE.rim(
                List.of(
                        "config",
                        "store",
                        "command",
                        "query",
                        "relay",
                        "conductor",
                        "projection",
                        "security",
                        "rest",
                        "console",
                        "start"),
                "io.quarkus..",
                "jakarta..",
                "org.apache.kafka..",
                "org.hibernate..",
                "io.vertx..");
        HOUSE.rim(List.of("relay", "projection"), "org.apache.kafka..");
        HOUSE.rim(List.of("query", "security"), "io.quarkus.hibernate..");
    }

    @Test
    void onlyReadingAndIdentitiesAreReactive() {
        HOUSE.doorsMayWait();
        HOUSE.rim(List.of("query", "security"), "io.smallrye.mutiny..");
    }

    @Test
    void filesAndMethodsAreSmall() throws IOException {
        House.sizes(Path.of("src/main/java"));
    }
}
