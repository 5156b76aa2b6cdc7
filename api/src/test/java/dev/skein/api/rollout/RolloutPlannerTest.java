// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.api.fleet.AgentSaves;
import dev.skein.api.fleet.DatabaseSelector;
import dev.skein.api.fleet.FleetDatabase;
import dev.skein.api.fleet.FleetKind;
import dev.skein.api.rollout.RolloutPlan.Member;
import dev.skein.api.rollout.RolloutSpec.WaveSpec;
import dev.skein.api.testing.PlacedDatabases;
import dev.skein.engine.Json;
import dev.skein.engine.revision.Revision;
import dev.skein.engine.revision.RevisionGraph;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
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

    private static final Map<String, List<AgentSaves>> SAVES =
            Map.of(
                    "eu",
                    List.of(saves("e1", 15, 16), new AgentSaves("e2", null, 17)),
                    "us",
                    List.of(saves("u1", 15, 16), saves("u2", 15, 17), saves("u3")));

    private static final Comparator<FleetDatabase> ORDER =
            Comparator.comparing(FleetDatabase::name).thenComparing(FleetDatabase::site);

    private PlacedDatabases placed = new PlacedDatabases();

    private RolloutPlan plan(RolloutSpec spec, List<FleetDatabase> fleet) {
        return plan(spec, fleet, SAVES);
    }

    /** As the commands do it with a real fleet. */
    private RolloutPlan plan(
            RolloutSpec spec, List<FleetDatabase> fleet, Map<String, List<AgentSaves>> saves) {
        placed = new PlacedDatabases();
        var planner = new RolloutPlanner(spec, GRAPH, saves, placed);
        var selector = DatabaseSelector.parse(spec.select());
        var selected = fleet.stream().filter(selector::selects).sorted(ORDER).toList();
        if (planner.needsCount()) {
            selected.stream()
                    .filter(one -> one.problem() == null && !one.drifted())
                    .map(one -> new FleetKind(one.site(), one.serverMajor(), one.heads(), 1))
                    .forEach(planner::expect);
        }
        selected.forEach(planner::place);
        var plan = planner.plan(fleet.size());
        assertThat(placed.isEnded()).isTrue();
        assertThat(plan.digest()).isEqualTo(placed.digest(spec.waves().size()));
        return plan;
    }

    private static AgentSaves saves(String agent, Integer... majors) {
        return new AgentSaves(agent, List.of(majors), 0);
    }

    private String aside(AgentSaves... agents) {
        var spec = spec(BackupChoice.parse("auto"), "all");
        var fleet = List.of(database("a", "us", null), database("b", "eu", null));
        var saves = Map.of("eu", List.of(saves("e1", 16)), "us", List.of(agents));
        plan(spec, fleet, saves);
        return placed.setAside().getFirst().reason();
    }

    @Test
    void whereNoBackupCanBeTakenTheDatabaseIsSetAside() {
        var spec = spec(BackupChoice.parse("auto"), "all");
        var plan = plan(spec, fleet(4));
        assertThat(plan.databases()).isEqualTo(2);
        assertThat(placed.setAside())
                .extracting(RolloutPlan.SetAside::reason)
                .containsOnly(
                        "backup unavailable: its server is PostgreSQL 16, and of site us u2 has"
                                + " pg_dump for PostgreSQL 15, 17; u3 has no folder for backups,"
                                + " or no pg_dump (backup: none \"why\" goes without)");
        var without = spec(BackupChoice.parse("none \"dev only\""), "all");
        assertThat(plan(without, fleet(4)).databases()).isEqualTo(4);
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
        var plan = plan(spec("1 per site", "25%", "all"), fleet(24));
        assertThat(plan.waves()).extracting(RolloutPlan.Wave::databases).containsExactly(2, 6, 16);
        assertThat(plan.waves().getLast().examples())
                .containsExactly("eu/t04", "us/t04", "eu/t05", "us/t05", "eu/t06", "us/t06");
        assertThat(placed.wave(0)).extracting(Member::site).containsExactly("eu", "us");
        assertThat(plan.cohorts()).singleElement().matches(c -> c.databases() == 24);
        assertThat(placed.wave(2).getLast().path()).containsExactly("a", "b");
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
        var plan = plan(spec("all"), fleet);
        assertThat(plan.databases()).isEqualTo(2);
        assertThat(placed.setAside())
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
    private long planned(int size) {
        var fleet =
                IntStream.range(0, size)
                        .mapToObj(i -> alone(i, i % 4 == 0 ? List.of("b") : List.of("a")))
                        .toList();
        long since = System.nanoTime();
        var plan = plan(spec("all"), fleet);
        long took = System.nanoTime() - since;
        assertThat(plan.cohortsInAll()).isEqualTo(size * 3 / 4);
        assertThat(plan.cohorts()).hasSize(100);
        assertThat(plan.setAsideInAll()).isEqualTo(size / 4);
        assertThat(Json.bytes(plan).length).isLessThan(200_000);
        return took;
    }

    private static FleetDatabase alone(int i, List<String> heads) {
        var name = "t%05d".formatted(i);
        return new FleetDatabase(
                "uid" + i, "eu", "s", name, heads, 0, "print" + i, 17, Map.of(), null, false);
    }

    @Test
    void aPlanTellsHowManyOfTheFleetAreMeant() {
        assertThat(plan(spec("all"), fleet(4)).notes())
                .containsExactly("selects 4 of the 4 databases that there are");
        var waves = spec("all").waves();
        var eu = new RolloutSpec("r", "sha256:0", "heads", "site = eu", null, null, waves, null);
        assertThat(plan(eu, fleet(5)).notes())
                .containsExactly("selects 3 of the 5 databases that there are");
    }

    @Test
    void theHashIsThePlans() {
        var one = plan(spec("all"), fleet(4));
        var same = plan(spec("all"), fleet(4).reversed());
        var other = plan(spec("all"), fleet(3));
        assertThat(same.hash(spec("all"))).isEqualTo(one.hash(spec("all")));
        assertThat(other.hash(spec("all"))).isNotEqualTo(one.hash(spec("all")));
    }

    @Test
    void nothingToDoAndNobodyLeftBehindAreErrors() {
        assertThatThrownBy(() -> plan(spec("all"), List.of()))
                .hasMessageContaining("no database matches");
        assertThatThrownBy(() -> plan(spec("all"), List.of(database("a", "eu", null, "b"))))
                .hasMessageContaining("already at the target");
        assertThatThrownBy(() -> plan(spec("1", "10%"), fleet(20)))
                .hasMessageContaining("are in no wave");
    }

    @Test
    void aWaveTakesWhatTheOnesBeforeItLeft() {
        plan(spec("3", "1 per site", "50%", "all"), fleet(12));
        assertThat(placed.wave(0))
                .extracting(Member::uid)
                .containsExactly("eut00", "ust00", "eut01");
        assertThat(placed.wave(1)).extracting(Member::uid).containsExactly("ust01", "eut02");
        assertThat(placed.wave(2)).hasSize(6);
        assertThat(placed.wave(3)).extracting(Member::uid).containsExactly("ust05");
    }

    @Test
    void theDigestTellsWhoGetsWhatInWhichWave() {
        var one = plan(spec("1", "all"), fleet(4)).digest();
        assertThat(plan(spec("1", "all"), fleet(4)).digest()).isEqualTo(one);
        assertThat(plan(spec("2", "all"), fleet(4)).digest()).isNotEqualTo(one);
        var ahead = new ArrayList<>(fleet(4));
        ahead.set(3, database("t01", "us", null, "a"));
        assertThat(plan(spec("1", "all"), ahead).digest()).isNotEqualTo(one);
        ahead.set(3, database("t01", "us", "unreachable"));
        var aside = plan(spec("1", "all"), ahead).digest();
        ahead.set(3, database("t01", "us", "gone"));
        assertThat(plan(spec("1", "all"), ahead).digest()).isNotEqualTo(aside);
    }

    @Test
    void ofManyReasonsTheMostFrequentAreShownAndTheOthersCounted() {
        var fleet = new ArrayList<>(fleet(2));
        for (int n = 0; n < 300; n++) {
            var problem = n % 2 == 0 ? "the same" : "no " + n + " " + "x".repeat(1_000);
            fleet.add(database("p%03d".formatted(n), "eu", problem));
        }
        var plan = plan(spec("all"), fleet);
        assertThat(plan.setAside()).hasSize(100);
        assertThat(plan.setAside().getFirst())
                .isEqualTo(
                        new RolloutPlan.Reason(
                                "the same",
                                150,
                                List.of("eu/p000", "eu/p002", "eu/p004", "eu/p006", "eu/p008")));
        assertThat(plan.setAsideInAll()).isEqualTo(300);
        assertThat(plan.setAsideOtherwise()).isEqualTo(51);
        assertThat(placed.setAside()).hasSize(300);
        assertThat(Json.bytes(plan).length).isLessThan(200_000);
    }

    @Test
    void eachWayIsToBeRehearsedWhereItIsGoneLast() {
        var fleet = new ArrayList<>(fleet(6));
        fleet.set(0, database("t00", "eu", null, "a"));
        var planner = new RolloutPlanner(spec("1", "all"), GRAPH, SAVES, PlanRows.NOWHERE);
        fleet.stream().sorted(ORDER).forEach(planner::place);
        assertThat(planner.ways())
                .containsExactly(
                        new PlannedWay(List.of("a", "b"), 1, "ust02", "us"),
                        new PlannedWay(List.of("b"), 0, "eut00", "eu"));
    }
}
