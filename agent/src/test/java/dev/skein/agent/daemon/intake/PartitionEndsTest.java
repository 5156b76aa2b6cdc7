// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class PartitionEndsTest {
    private final PartitionEnds ends = new PartitionEnds();
    private final Map<Integer, Long> offsets = new HashMap<>(Map.of(1, 10L, 2, 20L, 3, 0L));
    private final Set<Integer> leaderless = new HashSet<>();
    private int refused;

    private Map<Integer, Long> ask(Set<Integer> partitions) {
        if (partitions.stream().anyMatch(leaderless::contains)) {
            refused++;
            throw new IllegalStateException("no leader");
        }
        var found = new HashMap<>(offsets);
        found.keySet().retainAll(partitions);
        return found;
    }

    @Test
    void aPartitionIsReadWhenItsPositionIsTheEndThatItHad() {
        ends.assigned(List.of(1, 2, 3));
        ends.find(this::ask);
        offsets.put(1, 99L); // what came later does not count
        assertThat(ends.reached(p -> p == 1 ? 9 : 0)).containsExactly(3);
        assertThat(ends.reached(p -> p == 1 ? 10 : 19)).containsExactly(1);
        assertThat(ends.reached(p -> 20)).containsExactly(2);
        assertThat(ends.reached(p -> 20)).isEmpty();
    }

    @Test
    void oneWithoutALeaderKeepsNoOtherBackAndIsAskedForAgain() {
        leaderless.add(2);
        ends.assigned(List.of(1, 2, 3));
        for (int round = 0; round < 3; round++) {
            assertThatThrownBy(() -> ends.find(this::ask)).hasMessage("no leader");
            assertThat(refused).isEqualTo(round + 1); // each waits out one refusal and no more
        }
        assertThat(ends.reached(p -> 100)).containsExactlyInAnyOrder(1, 3);
        assertThat(ends.unknown()).containsExactly(2);
        leaderless.clear();
        ends.find(this::ask);
        assertThat(ends.unknown()).isEmpty();
        assertThat(ends.reached(p -> 20)).containsExactly(2);
    }

    @Test
    void whatIsRevokedIsForgottenWhetherItsEndWasKnownOrNot() {
        leaderless.add(2);
        ends.assigned(List.of(1, 2));
        assertThatThrownBy(() -> ends.find(this::ask)).hasMessage("no leader");
        ends.revoked(List.of(1, 2));
        assertThat(ends.unknown()).isEmpty();
        assertThat(ends.reached(p -> 100)).isEmpty();
    }
}
