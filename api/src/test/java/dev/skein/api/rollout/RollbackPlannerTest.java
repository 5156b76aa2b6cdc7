// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.api.fleet.Database;
import dev.skein.api.rollout.RollbackPlanner.Touched;
import dev.skein.api.rollout.RolloutPlan.Member;
import dev.skein.api.rollout.RolloutPlan.SetAside;
import dev.skein.engine.rehearse.Grade;
import dev.skein.engine.script.ScriptParser;
import dev.skein.engine.script.Scripts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RollbackPlannerTest {
    private static final Scripts SCRIPTS =
            Scripts.of(
                    List.of(
                            script("a", "", "\nSELECT 0;"),
                            script("b", "a", "\nSELECT 0;"),
                            script("c", "b", "\nSELECT 0;"),
                            script("x", "c", ": irreversible \"gone\"\n"),
                            script("y", "c", "\n")));
    private static final Spec.Undo UNDO = new Spec.Undo("r", null, null, "why");
    private static final Spec SPEC =
            new Spec(
                    "r-rollback",
                    "sha256:0",
                    "before r",
                    "",
                    null,
                    List.of(new Spec.WaveSpec("rollback", Share.ALL, Duration.ZERO, Share.NONE, 4)),
                    UNDO);

    private static dev.skein.engine.script.Script script(String id, String revises, String down) {
        return ScriptParser.parse(
                id + ".sql",
                "--@ revision: %s\n--@ revises: %s\n--@ upgrade\nSELECT 1;\n--@ downgrade%s"
                        .formatted(id, revises, down));
    }

    private static Database database(String uid, @Nullable String problem, String... heads) {
        return new Database(uid, "eu", "s", uid, List.of(heads), 0, "f", Map.of(), problem);
    }

    private static RolloutPlan plan(List<Touched> touched, List<Database> fleet) {
        var grades = Map.of(SCRIPTS.get("b").checksum(), Grade.SHAPE_PROVEN);
        return RollbackPlanner.plan(SPEC, UNDO, SCRIPTS, touched, fleet, grades);
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
        assertThat(plan.waves().getFirst().members())
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
                                new Touched("gone", List.of("c"))),
                        List.of(
                                database("1", null, "c"),
                                database("2", null, "a"),
                                database("3", null, "x"),
                                database("4", null, "y"),
                                database("5", "unreachable", "b"),
                                database("6", null, "c")));
        assertThat(plan.databases()).isEqualTo(1);
        assertThat(plan.setAside())
                .extracting(SetAside::reason)
                .containsExactly(
                        "Revision c: it was built on what is to be taken back",
                        "nothing of it is applied there",
                        "there is no way back from x",
                        "there is no way back from y",
                        "unreachable");
    }

    @Test
    void oneDatabaseIsNeverTwo() {
        var one = new Spec.Undo("r", null, "shop", "why");
        var touched = List.of(new Touched("1", List.of("b")), new Touched("2", List.of("b")));
        var fleet = List.of(database("1", null, "b"), database("2", null, "b"));
        assertThatThrownBy(() -> RollbackPlanner.plan(SPEC, one, SCRIPTS, touched, fleet, Map.of()))
                .hasMessageContaining("the rollout has 2 of this name");
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
}
