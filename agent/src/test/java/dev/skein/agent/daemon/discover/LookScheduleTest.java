// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.discover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.daemon.discover.LookSchedule.Due;
import dev.skein.agent.daemon.kafka.OwnedPartitions;
import dev.skein.engine.event.Topics;
import dev.skein.engine.postgres.DatabaseAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class LookScheduleTest {
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final List<Integer> ALL = IntStream.range(0, Topics.PARTITIONS).boxed().toList();

    private final OwnedPartitions owned = new OwnedPartitions();
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1); // it may begin anywhere
    private final LookSchedule schedule = new LookSchedule(owned, EVERY, nanos::get);
    private final ServerDatabase place = place(1);
    private final String uid = place.identity().uid("");

    private static ServerDatabase place(long oid) {
        var address = DatabaseAddress.parse("postgresql://u@127.0.0.1/d" + oid);
        return new ServerDatabase(
                "main", "d" + oid, oid, "7", 15, 1, address, Map.of(), 4, "eu/main");
    }

    private Due due(boolean again) {
        return schedule.due(place, uid, false, again);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void whatIsOursIsLookedIntoAtOnceAndThenEverySoOften() {
        assertThat(due(true)).as("before we have joined the others").isEqualTo(Due.NOTHING);
        owned.assigned(ALL);
        assertThat(due(false)).isEqualTo(Due.LOOK);
        schedule.looked(place, uid);
        pass(EVERY);
        assertThat(due(true)).isEqualTo(Due.NOTHING);
        pass(Duration.ofNanos(1));
        assertThat(due(true)).isEqualTo(Due.LOOK);
        assertThat(due(false)).as("the pace").isEqualTo(Due.NOTHING);
        schedule.forget(place);
        assertThat(due(false)).isEqualTo(Due.LOOK);
    }

    @Test
    void whatIsSomebodyElsesIsProbedOnceAndRarelyAgain() {
        owned.assigned(ALL.stream().filter(p -> p != OwnedPartitions.partition(uid)).toList());
        assertThat(due(false)).isEqualTo(Due.PROBE);
        schedule.probed(place);
        pass(EVERY.multipliedBy(9));
        assertThat(due(true)).isEqualTo(Due.NOTHING);
        assertThat(schedule.due(place, uid, true, false))
                .as("somebody has to decide about it")
                .isEqualTo(Due.PROBE);
        pass(EVERY.multipliedBy(2));
        assertThat(due(false)).isEqualTo(Due.NOTHING);
        assertThat(due(true)).isEqualTo(Due.PROBE);
    }

    /** Meanwhile somebody else may have had it, and told of it. */
    @Test
    void whatBecomesOursAgainIsLookedIntoAtOnce() {
        owned.assigned(ALL);
        schedule.looked(place, uid);
        owned.revoked(ALL.subList(0, 16));
        owned.revoked(ALL.subList(16, 32));
        assertThat(due(true)).as("none is ours").isEqualTo(Due.NOTHING);
        owned.assigned(List.of((OwnedPartitions.partition(uid) + 1) % Topics.PARTITIONS));
        assertThat(due(true)).as("it was seen").isEqualTo(Due.NOTHING);
        owned.assigned(ALL);
        assertThat(due(false)).isEqualTo(Due.LOOK);
    }

    /** Whichever way partitions lie, each of them is exactly one agent's. */
    @Test
    void ofAllAgentsExactlyOneLooksIntoWhatIsNew() {
        var agents = IntStream.range(0, 3).mapToObj(n -> new OwnedPartitions()).toList();
        ALL.forEach(p -> agents.get(p * 7 % 3).assigned(List.of(p)));
        var schedules = agents.stream().map(a -> new LookSchedule(a, EVERY, nanos::get)).toList();
        for (int oid = 0; oid < 1000; oid++) {
            var found = place(oid);
            var expected = found.identity().uid("");
            assertThat(schedules)
                    .filteredOn(s -> s.due(found, expected, false, false) == Due.LOOK)
                    .hasSize(1);
            assertThat(schedules)
                    .filteredOn(s -> s.due(found, expected, false, false) == Due.PROBE)
                    .hasSize(2);
        }
    }
}
