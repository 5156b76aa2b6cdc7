// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.plan;

import static dev.skein.engine.revision.Graphs.graph;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.engine.revision.RevisionError;
import dev.skein.engine.revision.RevisionGraph;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class PlannerTest {
    private static final RevisionGraph DIAMOND = graph("a", "b[left]<-a", "c[right]<-a", "d<-b,c");

    private static Planner at(RevisionGraph graph, String... heads) {
        return new Planner(graph, List.of(heads));
    }

    @Test
    void walksUpThroughBranchesAndMerges() {
        var plan = at(DIAMOND).upgrade("head");
        assertThat(plan.path()).containsExactly("a", "b", "c", "d");
        assertThat(plan.steps())
                .extracting(Step::headsAfter)
                .containsExactly(List.of("a"), List.of("b"), List.of("b", "c"), List.of("d"));
    }

    @Test
    void doesNothingWhereNothingIsMissing() {
        assertThat(at(DIAMOND, "d").upgrade("b").isEmpty()).isTrue();
        assertThat(at(DIAMOND, "d").upgrade("heads").isEmpty()).isTrue();
    }

    @Test
    void walksDownChildrenFirst() {
        var plan = at(DIAMOND, "d").downgrade("base");
        assertThat(plan.path()).containsExactly("d", "c", "b", "a");
        assertThat(plan.to()).isEmpty();
    }

    @Test
    void takesBackJustWhatIsNamed() {
        var plan = at(DIAMOND, "b", "c").takeBack(List.of("c", "d", "nowhere"));
        assertThat(plan.path()).containsExactly("c");
        assertThat(plan.to()).containsExactly("b");
        assertThat(at(DIAMOND, "d").takeBack(List.of("c", "d")).to()).containsExactly("b");
        assertThat(at(DIAMOND, "a").takeBack(List.of("c")).isEmpty()).isTrue();
        assertThatThrownBy(() -> at(DIAMOND, "d").takeBack(List.of("b")))
                .hasMessageContaining("Revision d: it was built on what is to be taken back");
    }

    @Test
    void minusOneAtAMergeUnmerges() {
        var plan = at(DIAMOND, "d").downgrade("-1");
        assertThat(plan.path()).containsExactly("d");
        assertThat(plan.to()).containsExactly("b", "c");
    }

    @Test
    void minusOneWithTwoHeadsAsksWhich() {
        assertThatThrownBy(() -> at(DIAMOND, "b", "c").downgrade("-1"))
                .isInstanceOf(RevisionError.class)
                .hasMessageContaining("several heads")
                .hasMessageContaining("left@-1")
                .hasMessageContaining("right@-1");
        assertThat(at(DIAMOND, "b", "c").downgrade("left@-1").to()).containsExactly("c");
    }

    @Test
    void downToARevisionDropsWhatStandsAboveIt() {
        assertThat(at(DIAMOND, "d").downgrade("b").path()).containsExactly("d");
        assertThat(at(DIAMOND, "d").downgrade("a").path()).containsExactly("d", "c", "b");
        assertThat(at(DIAMOND, "b", "c").downgrade("left@base").path()).containsExactly("b");
        assertThat(at(DIAMOND, "d").downgrade("left@base").to()).containsExactly("c");
    }

    @Test
    void downToWhatIsNotAppliedIsRefused() {
        for (var target : List.of("c", "d", "head", "b+1", "right")) {
            assertThatThrownBy(() -> at(DIAMOND, "b").downgrade(target))
                    .hasMessageContaining("is not applied")
                    .hasMessageContaining("the database is at b");
        }
        assertThatThrownBy(() -> at(DIAMOND).downgrade("a")).hasMessageContaining("is at base");
        assertThat(at(DIAMOND, "b").downgrade("b").isEmpty()).isTrue();
        assertThat(at(DIAMOND).downgrade("base").isEmpty()).isTrue();
        assertThat(at(DIAMOND, "b").downgrade("right@base").isEmpty()).isTrue();
    }

    @Test
    void dependantsFallFirst() {
        var graph = graph("a", "x", "b<-a;x");
        assertThat(at(graph).upgrade("b").path()).containsExactly("a", "x", "b");
        assertThat(at(graph, "b", "x").downgrade("b").path()).isEmpty();
        assertThat(at(graph, "b", "x").downgrade("base").path()).containsExactly("b", "x", "a");
    }

    @Test
    void whatOnlyDependsStaysWithWhatItDependsOn() {
        var graph = graph("a[one]", "b<-a", "x[two]<-;a", "y<-x;b");
        assertThat(at(graph, "b", "x").downgrade("a").path()).containsExactly("b");
        assertThat(at(graph, "b", "y").downgrade("a").path()).containsExactly("y", "b");
        assertThat(at(graph, "y").downgrade("x").to()).containsExactly("b", "x");
        assertThat(at(graph).stamp(List.of("y"))).isEqualTo(at(graph).upgrade("y").to());
    }

    @Test
    void aBranchThatWasNotBegunStartsWhereItLeavesTheOthers() {
        assertThat(at(DIAMOND, "b").upgrade("right@+1").path()).containsExactly("c");
        assertThat(at(DIAMOND, "b").upgrade("right@+2").path()).containsExactly("c", "d");
        assertThat(at(DIAMOND).upgrade("left@base").isEmpty()).isTrue();
    }

    @Test
    void countingTheOtherWayIsRefused() {
        assertThatThrownBy(() -> at(DIAMOND, "b").upgrade("-1"))
                .hasMessageContaining("it counts down")
                .hasMessageContaining("skein downgrade -1");
        assertThatThrownBy(() -> at(DIAMOND, "a").downgrade("left@+1"))
                .hasMessageContaining("it counts up");
        assertThatThrownBy(() -> at(DIAMOND, "d").downgrade("left@base+1"))
                .hasMessageContaining("nothing is counted from where a branch begins");
    }

    @Test
    void stampKeepsSeveralHeads() {
        assertThat(at(DIAMOND, "d").stamp(List.of("b", "c"))).containsExactly("b", "c");
        assertThat(at(DIAMOND).stamp(List.of("a", "b"))).containsExactly("b");
    }

    @Test
    void namesHeadsThatNobodyKnows() {
        assertThatThrownBy(() -> at(DIAMOND, "b", "zz"))
                .isInstanceOf(UnknownHeads.class)
                .hasMessageContaining("zz");
    }
}
