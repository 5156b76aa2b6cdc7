// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults;

import dev.skein.engine.testing.House;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultsHouseTest {
    @Test
    void packagesSeeOnlyWhatStandsAboveThem() {
        var house = new House(FaultsHouseTest.class);
        house.noCycles();
        house.layers(List.of("net", "world", "work", "check", "fault"));
    }

    @Test
    void filesAndMethodsAreSmall() throws IOException {
        House.sizes(Path.of("src/main/java"));
    }
}
