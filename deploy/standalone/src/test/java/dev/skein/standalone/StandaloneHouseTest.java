// SPDX-License-Identifier: Apache-2.0
package dev.skein.standalone;

import dev.skein.engine.testing.House;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandaloneHouseTest {
    @Test
    void packagesSeeOnlyWhatStandsAboveThem() {
        var house = new House(StandaloneHouseTest.class);
        house.noCycles();
        house.layers(List.of("stack", "demo"));
    }

    @Test
    void filesAndMethodsAreSmall() throws IOException {
        House.sizes(Path.of("src/main/java"));
    }
}
