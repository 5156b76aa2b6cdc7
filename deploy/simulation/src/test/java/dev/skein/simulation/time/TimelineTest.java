// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class TimelineTest {
    private record Planned(long at, int number) {}

    @Test
    void whatIsDueComesByItsTimeAndThenAsItWasPlanned() {
        var chance = new Chance(1);
        var timeline = new Timeline();
        var planned =
                IntStream.range(0, 5_000)
                        .mapToObj(n -> new Planned(chance.between(0, 700), n))
                        .toList();
        var happened = new ArrayList<Planned>();
        planned.forEach(one -> timeline.in(one.at(), () -> happened.add(one)));
        timeline.until(1_000);
        assertThat(happened)
                .isEqualTo(planned.stream().sorted(Comparator.comparingLong(Planned::at)).toList());
        assertThat(timeline.events()).isEqualTo(5_000);
    }

    @Test
    void whatIsPlannedMeanwhileComesInItsTurn() {
        var timeline = new Timeline();
        var happened = new ArrayList<String>();
        timeline.in(
                10,
                () -> {
                    happened.add("first at " + timeline.now());
                    timeline.in(5, () -> happened.add("third at " + timeline.now()));
                    timeline.in(-3, () -> happened.add("second at " + timeline.now()));
                });
        timeline.in(16, () -> happened.add("too late"));
        timeline.until(15);
        assertThat(happened).isEqualTo(List.of("first at 10", "second at 10", "third at 15"));
    }
}
