// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.api.fleet.AgentSaves;
import dev.skein.api.fleet.FleetDatabase;
import dev.skein.api.rollout.RolloutPlan.Member;
import dev.skein.api.rollout.RolloutSpec.WaveSpec;
import dev.skein.engine.revision.Revision;
import dev.skein.engine.revision.RevisionGraph;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class RolloutPlannerTest {
    private static final RevisionGraph GRAPH =
            RevisionGraph.of(List.of(revision("a"), revision("b", "a")));

    private static Revision revision(String id, String... parents) {
        return new Revision(id, List.of(parents), List.of(), List.of(), id, Instant.EPOCH);
    }

    private static FleetDatabase database(
            String name, String site, @Nullable String problem, String... heads) {
        return new FleetDatabase(
                site + name, site, "s", name, List.of(heads), 0, "f", 16, Map.of(), problem, false);
    }

    private static List<FleetDatabase> fleet(int size) {
        var fleet = new ArrayList<FleetDatabase>();
        for (int i = 0; i < size; i++) {
            fleet.add(database("t%02d".formatted(i / 2), i % 2 == 0 ? "eu" : "us", null));
        }
        return fleet;
    }

    private static RolloutSpec spec(String... takes) {
        return spec(null, takes);
    }

    private static RolloutSpec spec(@Nullable BackupChoice saving, String... takes) {
        var waves = new ArrayList<WaveSpec>();
        for (var take : takes) {
            waves.add(
                    new WaveSpec(
                            "w" + waves.size(),
                            TargetShare.parse(take),
                            Duration.ZERO,
                            TargetShare.NONE,
                            4));
        }
        return new RolloutSpec("r", "sha256:0", "heads", "", null, saving, waves, null);
    }

    private static RolloutPlan plan(
            RolloutSpec spec, RevisionGraph graph, List<FleetDatabase> fleet) {
        return RolloutPlanner.plan(
                spec,
                graph,
                fleet,
                Map.of(
                        "eu",
                        List.of(saves("e1", 15, 16), new AgentSaves("e2", null, 17)),
                        "us",
                        List.of(saves("u1", 15, 16), saves("u2", 15, 17), saves("u3"))));
    }

    private static AgentSaves saves(String agent, Integer... majors) {
        return new AgentSaves(agent, List.of(majors), 0);
    }

    private static String aside(AgentSaves... agents) {
        var spec = spec(BackupChoice.parse("auto"), "all");
        var fleet = List.of(database("a", "us", null), database("b", "eu", null));
        var saves = Map.of("eu", List.of(saves("e1", 16)), "us", List.of(agents));
        return RolloutPlanner.plan(spec, GRAPH, fleet, saves).setAside().getFirst().reason();
    }

    @Test
    void whereNoBackupCanBeTakenTheDatabaseIsSetAside() {
        var spec = spec(BackupChoice.parse("auto"), "all");
        var plan = plan(spec, GRAPH, fleet(4));
        assertThat(plan.databases()).isEqualTo(2);
        assertThat(plan.setAside())
                .extracting(RolloutPlan.SetAside::reason)
                .containsOnly(
                        "backup unavailable: its server is PostgreSQL 16, and of site us u2 has"
                                + " pg_dump for PostgreSQL 15, 17; u3 has no folder for backups,"
                                + " or no pg_dump (backup: none \"why\" goes without)");
        var without = spec(BackupChoice.parse("none \"dev only\""), "all");
        assertThat(plan(without, GRAPH, fleet(4)).databases()).isEqualTo(4);
        assertThat(aside()).contains("no agent of site us has been heard of lately");
        assertThat(aside(new AgentSaves("u1", null, 15), new AgentSaves("u2", null, 0)))
                .contains("u1 has pg_dump for PostgreSQL up to 15; u2 has no folder");
        assertThat(aside(saves("1"), saves("2"), saves("3"), saves("4"), saves("5")))
                .contains("3 has no folder for backups, or no pg_dump; and 2 more (");
    }

    @Test
    void whatIsSavedIsSaidWithAReasonForNothing() {
        assertThat(BackupChoice.parse("none \"it is a toy\"").toString())
                .isEqualTo("none \"it is a toy\"");
        assertThat(BackupChoice.parse("none a toy").reason()).isEqualTo("a toy");
        for (var text : List.of("none", "none \"\"", "some", "")) {
            assertThatThrownBy(() -> BackupChoice.parse(text))
                    .hasMessageContaining("no value for backup");
        }
    }

    @Test
    void wavesTakeTheirSharesInOrder() {
        var plan = plan(spec("1 per site", "25%", "all"), GRAPH, fleet(24));
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
        fleet.add(
                new FleetDatabase(
                        "u", "eu", "s", "x4", List.of(), 0, "f", 16, Map.of(), null, true));
        var plan = plan(spec("all"), GRAPH, fleet);
        assertThat(plan.databases()).isEqualTo(2);
        assertThat(plan.setAside())
                .extracting(RolloutPlan.SetAside::reason)
                .containsExactly(
                        "unreachable",
                        "it is at zz, which these revisions do not have",
                        "already at the target",
                        "it drifted: it is not as its journal left it (see: skein drift list)");
    }

    @Test
    void aFleetOfWhichNoTwoAreAlikeIsPlannedInOnePass() {
        planned(20_000); // what is compiled on the way is no part of it
        long some = planned(20_000);
        long floor = Duration.ofSeconds(2).toNanos(); // what a pause of the machine may take
        assertThat(planned(80_000)).isLessThan(Math.max(8 * some, floor));
    }

    /** Plans a fleet of so many; gives how long that took. */
    private static long planned(int size) {
        var fleet =
                IntStream.range(0, size)
                        .mapToObj(i -> alone(i, i % 4 == 0 ? List.of("b") : List.of("a")))
                        .toList();
        long since = System.nanoTime();
        var plan = plan(spec("all"), GRAPH, fleet);
        long took = System.nanoTime() - since;
        assertThat(plan.cohorts()).hasSize(size * 3 / 4);
        assertThat(plan.setAside()).hasSize(size / 4);
        return took;
    }

    private static FleetDatabase alone(int i, List<String> heads) {
        var name = "t%05d".formatted(i);
        return new FleetDatabase(
                "uid" + i, "eu", "s", name, heads, 0, "print" + i, 17, Map.of(), null, false);
    }

    @Test
    void aPlanTellsHowManyOfTheFleetAreMeant() {
        assertThat(plan(spec("all"), GRAPH, fleet(4)).notes())
                .containsExactly("selects 4 of the 4 databases that there are");
        var waves = spec("all").waves();
        var eu = new RolloutSpec("r", "sha256:0", "heads", "site = eu", null, null, waves, null);
        assertThat(plan(eu, GRAPH, fleet(5)).notes())
                .containsExactly("selects 3 of the 5 databases that there are");
    }

    @Test
    void theHashIsThePlans() {
        var one = plan(spec("all"), GRAPH, fleet(4));
        var same = plan(spec("all"), GRAPH, fleet(4).reversed());
        var other = plan(spec("all"), GRAPH, fleet(3));
        assertThat(same.hash(spec("all"))).isEqualTo(one.hash(spec("all")));
        assertThat(other.hash(spec("all"))).isNotEqualTo(one.hash(spec("all")));
    }

    @Test
    void nothingToDoAndNobodyLeftBehindAreErrors() {
        assertThatThrownBy(() -> plan(spec("all"), GRAPH, List.of()))
                .hasMessageContaining("no database matches");
        assertThatThrownBy(() -> plan(spec("all"), GRAPH, List.of(database("a", "eu", null, "b"))))
                .hasMessageContaining("already at the target");
        assertThatThrownBy(() -> plan(spec("1", "10%"), GRAPH, fleet(20)))
                .hasMessageContaining("are in no wave");
    }
}
