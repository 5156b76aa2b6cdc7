// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation;

import dev.skein.engine.testing.House;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulationHouseTest {
    @Test
    void packagesSeeOnlyWhatStandsAboveThem() {
        var house = new House(SimulationHouseTest.class);
        house.noCycles();
        house.layers(List.of("time", "store", "wire", "site", "control", "check"));
    }

    @Test
    void filesAndMethodsAreSmall() throws IOException {
        House.sizes(Path.of("src/main/java"));
    }
}
