// SPDX-License-Identifier: Apache-2.0
package dev.skein.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.engine.SkeinException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Four times the fleet costs at most so much more. Figures are of one machine at one time. */
class FleetTest {
    private static final int SMALL = 500;
    private static final int LARGE = 2000;
    private static final int PARALLEL = 200;

    @Test
    void whatIsDonePerDatabaseCostsTheSameInALargerFleet() throws Exception {
        var root = System.getProperty("skein.root");
        var small = FleetMain.run(root, SMALL, PARALLEL);
        var large = FleetMain.run(root, LARGE, PARALLEL);
        System.out.print(FleetFigures.table(List.of(small, large)));
        assertThat(large.value("directives a database")).isLessThan(1.01);
        assertThat(large.value("databases a second"))
                .as("a second")
                .isGreaterThan(small.value("databases a second") * 0.6);
        assertThat(large.value("reports a second until audit has compared them"))
                .isGreaterThan(small.value("reports a second until audit has compared them") * 0.6);
        var viewers = "%d viewers: cores of api + PostgreSQL".formatted(FleetRollouts.VIEWERS);
        assertThat(large.value(viewers)).as(viewers).isLessThan(small.value(viewers) * 2 + 0.1);
        for (var asked : List.of("GET /api/status", "GET /api/databases", "GET /console")) {
            assertThat(large.value(asked))
                    .as("%s, half of the times, ms", asked)
                    .isLessThan(small.value(asked) * 3);
        }
        assertThat(ProcessHandle.current().children()).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void aTableHasALineAFigureAndAColumnASize() {
        var one = new FleetFigures(1000);
        one.add("planning, s", 0.5);
        one.addTimes("GET /api/status", List.of(3.0, 1.0, 2.0), 1500);
        var two = new FleetFigures(10_000);
        two.add("planning, s", 1234.5);
        assertThat(FleetFigures.table(List.of(one, two)))
                .isEqualTo(
                        """
                        | what | 1,000 | 10,000 |
                        |---|---|---|
                        | planning, s | 0.500 | 1,235 |
                        | GET /api/status | 2.0 / 3.0 ms, 1.5 kB |  |
                        """);
        assertThat(one.value("GET /api/status")).isEqualTo(2);
        assertThatThrownBy(() -> one.value("none")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sizesThatAreNoneAreRefused() {
        for (var words : List.of(List.of("0"), List.of("x"), List.<String>of())) {
            assertThatThrownBy(() -> FleetMain.sizes(words.toArray(String[]::new)))
                    .isInstanceOf(SkeinException.class);
        }
    }
}
