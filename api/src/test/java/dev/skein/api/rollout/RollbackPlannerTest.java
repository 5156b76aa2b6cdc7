// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.api.fleet.FleetDatabase;
import dev.skein.api.rollout.RollbackPlanner.Touched;
import dev.skein.api.rollout.RolloutPlan.Member;
import dev.skein.api.rollout.RolloutPlan.SetAside;
import dev.skein.api.rollout.RolloutSpec.Way;
import dev.skein.api.testing.PlacedDatabases;
import dev.skein.engine.event.RehearsalGrade;
import dev.skein.engine.script.ScriptParser;
import dev.skein.engine.script.Scripts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class RollbackPlannerTest {
    private static final Scripts SCRIPTS =
            Scripts.of(
                    List.of(
                            script("a", "", "\nSELECT 0;"),
                            script("b", "a", "\nSELECT 0;"),
                            script("c", "b", "\nSELECT 0;"),
                            script("x", "c", ": irreversible \"gone\"\n"),
                            script("y", "c", "\n")));
    private static final RolloutSpec.Undo UNDO = new RolloutSpec.Undo("r", null, null, "why", null);
    private static final RolloutSpec SPEC =
            new RolloutSpec(
                    "r-rollback",
                    "sha256:0",
                    "before r",
                    "",
                    null,
                    null,
                    List.of(
                            new RolloutSpec.WaveSpec(
                                    "rollback",
                                    TargetShare.ALL,
                                    Duration.ZERO,
                                    TargetShare.NONE,
                                    4)),
                    UNDO);

    private static dev.skein.engine.script.Script script(String id, String revises, String down) {
        return ScriptParser.parse(
                id + ".sql",
                "--@ revision: %s\n--@ revises: %s\n--@ upgrade\nSELECT 1;\n--@ downgrade%s"
                        .formatted(id, revises, down));
    }

    private static FleetDatabase database(String uid, @Nullable String problem, String... heads) {
        return new FleetDatabase(
                uid, "eu", "s", uid, List.of(heads), 0, "f", 15, Map.of(), problem, false);
    }

    private PlacedDatabases placed = new PlacedDatabases();

    private RolloutPlan plan(List<Touched> touched, List<FleetDatabase> fleet) {
        return plan(UNDO, touched, fleet, RehearsalGrade.SHAPE_PROVEN, Map.of());
    }

    private RolloutPlan plan(
            RolloutSpec.Undo undo,
            List<Touched> touched,
            List<FleetDatabase> fleet,
            RehearsalGrade ofB,
            Map<String, String> backups) {
        var planner = planner(undo, touched, fleet, ofB, backups);
        var plan = planner.plan();
        assertThat(plan.digest()).isEqualTo(placed.digest(1));
        return plan;
    }

    private RollbackPlanner planner(
            RolloutSpec.Undo undo,
            List<Touched> touched,
            List<FleetDatabase> fleet,
            RehearsalGrade ofB,
            Map<String, String> backups) {
        placed = new PlacedDatabases();
        var way = new WayBack(ofB, false, List.of(), null, null, null);
        var known =
                new RollbackPlanner.Known(Map.of(SCRIPTS.get("b").checksum(), way), Set.of("us"));
        var there = fleet.stream().collect(Collectors.toMap(FleetDatabase::uid, d -> d));
        var saved = new HashMap<String, RollbackPlanner.Saved>();
        backups.forEach((uid, sha) -> saved.put(uid, new RollbackPlanner.Saved(sha, 7)));
        var planner = new RollbackPlanner(SPEC, undo, SCRIPTS, known, placed);
        var found = new RollbackPlanner.Found(there, saved, Set.of("again"));
        for (int n = 0; n < touched.size(); n += 2) {
            planner.place(touched.subList(n, Math.min(n + 2, touched.size())), found);
        }
        return planner;
    }

    @Test
    void exactlyWhatTheRolloutBroughtIsTakenBack() {
        var plan =
                plan(
                        List.of(
                                new Touched("1", List.of("b", "c")),
                                new Touched("2", List.of("c")),
                                new Touched("3", List.of("b", "c"))),
                        List.of(
                                database("1", null, "c"),
                                database("2", null, "c"),
                                database("3", null, "b")));
        assertThat(placed.members())
                .extracting(Member::path)
                .containsExactly(List.of("c", "b"), List.of("c"), List.of("b"));
        assertThat(plan.cohorts()).hasSize(3);
        assertThat(plan.notes())
                .containsExactly(
                        "b: its way back is shape-proven", "c: its way back was not rehearsed");
    }

    @Test
    void whatCannotBeTakenBackIsSetAsideWithItsReason() {
        var plan =
                plan(
                        List.of(
                                new Touched("1", List.of("b")),
                                new Touched("2", List.of("b")),
                                new Touched("3", List.of("x")),
                                new Touched("4", List.of("y")),
                                new Touched("5", List.of("b")),
                                new Touched("6", List.of("c")),
                                new Touched("unheard", List.of("c")),
                                new Touched("gone", List.of("c"))),
                        List.of(
                                database("1", null, "c"),
                                database("2", null, "a"),
                                database("3", null, "x"),
                                database("4", null, "y"),
                                database("5", "unreachable", "b"),
                                database("6", null, "c"),
                                new FleetDatabase(
                                        "unheard",
                                        "us",
                                        "s",
                                        "u",
                                        List.of("c"),
                                        0,
                                        "f",
                                        15,
                                        Map.of(),
                                        null,
                                        false)));
        assertThat(plan.databases()).isEqualTo(1);
        assertThat(placed.setAside())
                .extracting(SetAside::reason)
                .containsExactly(
                        "Revision c: it was built on what is to be taken back",
                        "nothing of it is applied there",
                        "there is no way back from x, and no full backup from before",
                        "there is no way back from y, and no full backup from before",
                        "unreachable",
                        "the agents of site us are silent");
    }

    private String way(@Nullable Way way, RehearsalGrade grade, boolean saved, String head) {
        var undo = new RolloutSpec.Undo("r", null, null, "why", way);
        plan(
                undo,
                List.of(
                        new Touched("1", List.of(head.equals("a") ? "b" : head)),
                        new Touched("2", List.of("c"))),
                List.of(database("1", null, head), database("2", null, "c")),
                grade,
                saved ? Map.of("1", "backup", "2", "other") : Map.of("2", "other"));
        return placed.members().stream()
                .filter(m -> m.uid().equals("1"))
                .map(m -> m.restore() == null ? "downgrade" : m.restore())
                .findFirst()
                .orElseGet(() -> placed.setAside().getFirst().reason());
    }

    @Test
    void theDowngradeWhereItIsGoodElseTheBackupElseAPerson() {
        assertThat(way(null, RehearsalGrade.DATA_PROVEN, true, "b")).isEqualTo("downgrade");
        assertThat(way(null, RehearsalGrade.SHAPE_PROVEN, true, "b")).isEqualTo("downgrade");
        assertThat(way(null, RehearsalGrade.LOSSY, true, "b")).isEqualTo("backup");
        assertThat(way(null, RehearsalGrade.DIFFERS, false, "b"))
                .contains("b: its way back is differs", "no full backup", "--way downgrade");
        assertThat(way(null, RehearsalGrade.FAILS, true, "b"))
                .as("nothing is known")
                .isEqualTo("downgrade");
        assertThat(way(Way.DOWNGRADE, RehearsalGrade.LOSSY, false, "b")).isEqualTo("downgrade");
        assertThat(way(null, RehearsalGrade.SHAPE_PROVEN, true, "x")).isEqualTo("backup");
        assertThat(way(null, RehearsalGrade.SHAPE_PROVEN, false, "x"))
                .isEqualTo("there is no way back from x, and no full backup from before");
        assertThat(way(Way.DOWNGRADE, RehearsalGrade.SHAPE_PROVEN, true, "x"))
                .isEqualTo("there is no way back from x");
        assertThat(way(Way.RESTORE, RehearsalGrade.DATA_PROVEN, true, "b")).isEqualTo("backup");
        assertThat(way(Way.RESTORE, RehearsalGrade.DATA_PROVEN, true, "a"))
                .as("also where nothing of it is applied any more")
                .isEqualTo("backup");
        assertThat(way(Way.RESTORE, RehearsalGrade.DATA_PROVEN, false, "b"))
                .isEqualTo("there is no full backup from before");
    }

    @Test
    void whatWasRestoredIsNotRestoredAgainUnlessByItsName() {
        var touched = List.of(new Touched("again", List.of("b")), new Touched("1", List.of("b")));
        var fleet = List.of(database("again", null, "a"), database("1", null, "b"));
        var saved = Map.of("again", "old", "1", "backup");
        var all = new RolloutSpec.Undo("r", null, null, "why", Way.RESTORE);
        var plan = plan(all, touched, fleet, RehearsalGrade.SHAPE_PROVEN, saved);
        assertThat(plan.databases()).isEqualTo(1);
        assertThat(placed.setAside())
                .extracting(SetAside::reason)
                .containsExactly(
                        "it was restored by an earlier rollback; --database does it again");
        var named = new RolloutSpec.Undo("r", null, "again", "why", Way.RESTORE);
        assertThat(
                        plan(
                                        named,
                                        touched.subList(0, 1),
                                        fleet,
                                        RehearsalGrade.SHAPE_PROVEN,
                                        saved)
                                .databases())
                .isEqualTo(1);
    }

    @Test
    void oneDatabaseIsNeverTwo() {
        var one = new RolloutSpec.Undo("r", null, "shop", "why", null);
        var touched = List.of(new Touched("1", List.of("b")), new Touched("2", List.of("b")));
        var fleet = List.of(database("1", null, "b"), database("2", null, "b"));
        assertThatThrownBy(() -> plan(one, touched, fleet, RehearsalGrade.SHAPE_PROVEN, Map.of()))
                .hasMessageContaining("the rollout has 2 of this name")
                .hasMessageContaining("Name one of them: ");
    }

    @Test
    void nothingToDoIsAnError() {
        assertThatThrownBy(() -> plan(List.of(), List.of())).hasMessageContaining("no such wave");
        var touched = List.of(new Touched("1", List.of("b")));
        assertThatThrownBy(() -> plan(touched, List.of(database("1", null, "a"))))
                .hasMessageContaining("nothing of it is applied there");
        assertThatThrownBy(() -> plan(touched, List.of()))
                .hasMessageContaining("they are all gone");
    }

    @Test
    void aRestoreIsApprovedFromWhereTheDatabaseIs() {
        var undo = new RolloutSpec.Undo("r", null, null, "why", Way.RESTORE);
        var there = List.of(database("d", null, "c"));
        var touched = List.of(new Touched("d", List.of("b", "c")));
        plan(undo, touched, there, RehearsalGrade.SHAPE_PROVEN, Map.of("d", "sum"));
        assertThat(placed.members().getFirst().heads()).containsExactly("c");
        plan(touched, there);
        assertThat(placed.members().getFirst().heads()).isNull();
    }

    @Test
    void howFarItGoesIsCountedOnTheWay() {
        var undo = new RolloutSpec.Undo("r", null, null, "why", null);
        var there = new ArrayList<FleetDatabase>();
        var touched = new ArrayList<Touched>();
        for (int n = 0; n < 500; n++) {
            there.add(database("d" + n, null, n < 250 ? "x" : "c"));
            touched.add(new Touched("d" + n, List.of(n < 250 ? "x" : "c")));
        }
        touched.add(new Touched("u", List.of("c")));
        there.add(
                new FleetDatabase(
                        "u", "us", "s", "u", List.of("c"), 0, "f", 15, Map.of(), null, false));
        var saved = touched.stream().collect(Collectors.toMap(Touched::uid, one -> "sum"));
        var planner = planner(undo, touched, there, RehearsalGrade.SHAPE_PROVEN, saved);
        var extent = planner.extent();
        assertThat(planner.plan().databases()).isEqualTo(500);
        assertThat(extent.restored()).isEqualTo(250);
        assertThat(extent.savingMillis()).isEqualTo(250 * 7);
        assertThat(extent.walked()).containsExactly("c");
        assertThat(extent.concerned()).as("with what only a silent site keeps").isEqualTo(501);
        assertThat(extent.losing(false)).hasSize(200).allMatch(m -> m.restore() != null);
        assertThat(extent.losing(true)).hasSize(200).first().extracting("uid").isEqualTo("d0");
    }
}
