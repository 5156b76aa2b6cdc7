// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.daemon.intake.WorkBoard.Action.AnswerHeld;
import dev.skein.agent.daemon.intake.WorkBoard.Action.Repeat;
import dev.skein.agent.daemon.intake.WorkBoard.Action.StartRun;
import dev.skein.agent.daemon.intake.WorkBoard.Action.Stop;
import dev.skein.engine.event.Directive;
import dev.skein.engine.testing.Directives;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Databases are named by their partition: "1a" lies in partition 1. */
@Tag("quick")
class WorkBoardTest {
    private final WorkBoard board = new WorkBoard(uid -> Integer.parseInt(uid.substring(0, 1)));

    private static Directive migrate(String uid, long generation) {
        return directive(uid, generation, Directive.Action.MIGRATE);
    }

    private static Directive hold(String uid, long generation) {
        return directive(uid, generation, Directive.Action.HOLD);
    }

    private static String uid(String name) {
        return name + "0".repeat(30);
    }

    private static Directive directive(String uid, long generation, Directive.Action action) {
        return Directives.of(uid(uid), generation, action);
    }

    private List<WorkBoard.Action> receive(Directive directive) {
        return board.received(directive.uid(), directive);
    }

    @BeforeEach
    void own() {
        board.assigned(List.of(1));
        board.caughtUp(1);
    }

    @Test
    void aDirectiveStartsAndItsRepetitionWhileRunningDoesNothing() {
        assertThat(receive(migrate("1a", 3))).containsExactly(new StartRun(migrate("1a", 3)));
        assertThat(receive(migrate("1a", 3))).isEmpty();
    }

    @Test
    void nothingIsActedOnBeforeThePartitionIsRead() {
        board.assigned(List.of(2));
        assertThat(receive(migrate("2a", 1))).isEmpty();
        assertThat(receive(migrate("2b", 1))).isEmpty();
        assertThat(receive(migrate("2a", 4))).isEmpty();
        assertThat(board.received(uid("2b"), null)).isEmpty();
        assertThat(board.caughtUp(2)).containsExactly(new StartRun(migrate("2a", 4)));
    }

    @Test
    void aLowerGenerationIsOldNews() {
        receive(migrate("1a", 3));
        assertThat(receive(migrate("1a", 2))).isEmpty();
    }

    @Test
    void aHoldStopsWhatRunsAndIsAnsweredWhenItHasStopped() {
        receive(migrate("1a", 3));
        assertThat(receive(hold("1a", 4))).containsExactly(new Stop(migrate("1a", 3)));
        assertThat(board.finished(migrate("1a", 3), false))
                .containsExactly(new AnswerHeld(hold("1a", 4)));
    }

    @Test
    void aHoldOfWhatDoesNotRunIsAnsweredAtOnceAndAgain() {
        assertThat(receive(hold("1a", 4))).containsExactly(new AnswerHeld(hold("1a", 4)));
        assertThat(receive(hold("1a", 4))).containsExactly(new Repeat(hold("1a", 4)));
    }

    @Test
    void whatWasSettledIsSaidAgainAndNotDoneAgain() {
        receive(migrate("1a", 3));
        assertThat(board.finished(migrate("1a", 3), true)).isEmpty();
        assertThat(receive(migrate("1a", 3))).containsExactly(new Repeat(migrate("1a", 3)));
        assertThat(receive(migrate("1a", 5))).containsExactly(new StartRun(migrate("1a", 5)));
    }

    @Test
    void aRevokedPartitionStopsAndForgets() {
        receive(migrate("1a", 3));
        assertThat(board.revoked(List.of(1))).containsExactly(new Stop(migrate("1a", 3)));
        assertThat(board.owns(uid("1a"))).isFalse();
        assertThat(board.finished(migrate("1a", 3), false)).isEmpty();
        assertThat(board.runningCount()).isZero();
    }

    @Test
    void aPartitionThatComesBackWhileItsWorkStopsGoesOn() {
        receive(migrate("1a", 3));
        board.revoked(List.of(1));
        board.assigned(List.of(1));
        receive(migrate("1a", 3));
        assertThat(board.caughtUp(1)).isEmpty();
        assertThat(board.finished(migrate("1a", 3), false))
                .containsExactly(new StartRun(migrate("1a", 3)));
    }

    @Test
    void aTombstoneLeavesRunningWorkAlone() {
        receive(migrate("1a", 3));
        assertThat(board.received(uid("1a"), null)).isEmpty();
        assertThat(board.finished(migrate("1a", 3), true)).isEmpty();
    }
}
