// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.ClassResources;
import dev.skein.engine.SkeinException;
import dev.skein.engine.revision.Graphs;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Targets mean what they mean to Alembic, but for the cases that the table names. */
@Tag("quick")
class AlembicTargetsTest {
    static Stream<String> cases() {
        return ClassResources.text(AlembicTargetsTest.class, "alembic-targets.txt")
                .lines()
                .filter(line -> !line.startsWith("#"));
    }

    @Test
    void theTableHasCasesOfBothKinds() {
        assertThat(cases().filter(line -> line.split("\\|").length == 5)).hasSizeGreaterThan(600);
        assertThat(cases().filter(line -> line.split("\\|").length == 6)).hasSizeLessThan(150);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aTargetMeansWhatTheTableSays(String line) {
        var fields = line.split("\\|");
        assertThat(path(fields)).isEqualTo(fields[fields.length - 1]);
    }

    private static String path(String[] fields) {
        var heads = fields[1].isEmpty() ? List.<String>of() : Arrays.asList(fields[1].split(","));
        try {
            var planner = new Planner(Graphs.graph(fields[0].split(" ")), heads);
            var plan =
                    fields[2].equals("upgrade")
                            ? planner.upgrade(fields[3])
                            : planner.downgrade(fields[3]);
            return plan.isEmpty() ? "-" : String.join(" ", new TreeSet<>(plan.path()));
        } catch (SkeinException e) {
            assertThat(e.found()).isNotBlank();
            return "refused";
        }
    }
}
