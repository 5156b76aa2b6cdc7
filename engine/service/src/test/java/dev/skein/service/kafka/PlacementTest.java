// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Given where a partition was read to and what is there, then where it goes on, and what is told.
 */
@Tag("quick")
class PlacementTest {
    private static final Placement.OffsetRange THERE = new Placement.OffsetRange("t", 5, 9);

    private static Placement of(@Nullable String topic, long next) {
        return Placement.of(new Position(topic, next), THERE);
    }

    @Test
    void whatIsThereIsReadOn() {
        assertThat(of("t", 5)).isEqualTo(new Placement(5, null));
        assertThat(of("t", 7)).isEqualTo(new Placement(7, null));
        assertThat(of("t", 9)).isEqualTo(new Placement(9, null));
        assertThat(of(null, 7)).isEqualTo(new Placement(7, null));
    }

    @Test
    void whatEndsBeforeItWasReadToIsReadAnewAndTold() {
        assertThat(of("t", 10)).isEqualTo(new Placement(5, TopicNotice.TRUNCATED));
        assertThat(of(null, 10)).isEqualTo(new Placement(5, TopicNotice.TRUNCATED));
    }

    @Test
    void whatIsGoneUnreadIsTold() {
        assertThat(of("t", 4)).isEqualTo(new Placement(5, TopicNotice.EXPIRED));
    }

    @Test
    void anotherTopicOfTheNameIsReadFromItsBeginningHoweverFarTheOldOneWas() {
        assertThat(of("old", 4)).isEqualTo(new Placement(5, TopicNotice.RECREATED));
        assertThat(of("old", 7)).isEqualTo(new Placement(5, TopicNotice.RECREATED));
        assertThat(of("old", 10)).isEqualTo(new Placement(5, TopicNotice.RECREATED));
    }

    @Test
    void whatWasNeverReadBeginsAtItsBeginning() {
        assertThat(Placement.first(false, THERE)).isEqualTo(new Placement(5, null));
        assertThat(Placement.first(true, THERE))
                .isEqualTo(new Placement(5, TopicNotice.OTHER_CLUSTER));
    }
}
