// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.api.fleet.Database;
import dev.skein.api.rollout.RolloutPlan.Member;
import dev.skein.api.rollout.Spec.WaveSpec;
import dev.skein.engine.revision.Revision;
import dev.skein.engine.revision.RevisionGraph;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RolloutPlannerTest {
    private static final RevisionGraph GRAPH =
            RevisionGraph.of(List.of(revision("a"), revision("b", "a")));

    private static Revision revision(String id, String... parents) {
        return new Revision(id, List.of(parents), List.of(), List.of(), id, Instant.EPOCH);
    }

    private static Database database(
            String name, String site, @Nullable String problem, String... heads) {
        return new Database(
                site + name, site, "s", name, List.of(heads), 0, "f", Map.of(), problem);
    }

    private static List<Database> fleet(int size) {
        var fleet = new ArrayList<Database>();
        for (int i = 0; i < size; i++) {
            fleet.add(database("t%02d".formatted(i / 2), i % 2 == 0 ? "eu" : "us", null));
        }
        return fleet;
    }

    private static Spec spec(String... takes) {
        var waves = new ArrayList<WaveSpec>();
        for (var take : takes) {
            waves.add(
                    new WaveSpec(
                            "w" + waves.size(), Share.parse(take), Duration.ZERO, Share.NONE, 4));
        }
        return new Spec("r", "sha256:0", "heads", "", null, waves, null);
    }

    @Test
    void wavesTakeTheirSharesInOrder() {
        var plan = RolloutPlanner.plan(spec("1 per site", "25%", "all"), GRAPH, fleet(24));
        assertThat(plan.waves()).extracting(w -> w.members().size()).containsExactly(2, 6, 16);
        assertThat(plan.waves().getFirst().members())
                .extracting(Member::site)
                .containsExactly("eu", "us");
        assertThat(plan.cohorts()).singleElement().matches(c -> c.databases() == 24);
        assertThat(plan.waves().getLast().members().getLast().path()).containsExactly("a", "b");
    }

    @Test
    void whatCannotGoIsSetAsideWithItsReason() {
        var fleet = new ArrayList<>(fleet(2));
        fleet.add(database("x1", "eu", "unreachable"));
        fleet.add(database("x2", "eu", null, "zz"));
        fleet.add(database("x3", "eu", null, "b"));
        var plan = RolloutPlanner.plan(spec("all"), GRAPH, fleet);
        assertThat(plan.databases()).isEqualTo(2);
        assertThat(plan.setAside())
                .extracting(RolloutPlan.SetAside::reason)
                .containsExactly(
                        "unreachable",
                        "it is at zz, which these revisions do not have",
                        "already at the target");
    }

    @Test
    void theHashIsThePlans() {
        var one = RolloutPlanner.plan(spec("all"), GRAPH, fleet(4));
        var same = RolloutPlanner.plan(spec("all"), GRAPH, fleet(4).reversed());
        var other = RolloutPlanner.plan(spec("all"), GRAPH, fleet(3));
        assertThat(same.hash(spec("all"))).isEqualTo(one.hash(spec("all")));
        assertThat(other.hash(spec("all"))).isNotEqualTo(one.hash(spec("all")));
    }

    @Test
    void nothingToDoAndNobodyLeftBehindAreErrors() {
        assertThatThrownBy(() -> RolloutPlanner.plan(spec("all"), GRAPH, List.of()))
                .hasMessageContaining("no database matches");
        assertThatThrownBy(() ->
                        RolloutPlanner.plan(
                                spec("all"), GRAPH, List.of(database("a", "eu", null, "b"))))
                .hasMessageContaining("already at the target");
        assertThatThrownBy(() -> RolloutPlanner.plan(spec("1", "10%"), GRAPH, fleet(20)))
                .hasMessageContaining("are in no wave");
    }
}
