// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.api.rollout.RolloutAction.Abort;
import dev.skein.api.rollout.RolloutAction.Advance;
import dev.skein.api.rollout.RolloutAction.Approve;
import dev.skein.api.rollout.RolloutAction.Pause;
import dev.skein.api.rollout.RolloutAction.Resume;
import dev.skein.api.rollout.RolloutEvent.Aborted;
import dev.skein.api.rollout.RolloutEvent.Approved;
import dev.skein.api.rollout.RolloutEvent.Completed;
import dev.skein.api.rollout.RolloutEvent.Created;
import dev.skein.api.rollout.RolloutEvent.Halted;
import dev.skein.api.rollout.RolloutEvent.Paused;
import dev.skein.api.rollout.RolloutEvent.Resumed;
import dev.skein.api.rollout.RolloutEvent.WaveDrained;
import dev.skein.api.rollout.RolloutEvent.WavePassed;
import dev.skein.api.rollout.RolloutEvent.WaveReleased;
import dev.skein.api.rollout.RolloutSpec.WaveSpec;
import dev.skein.engine.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Given events, when a command, then events. */
@Tag("quick")
class RolloutTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final RolloutSpec SPEC =
            new RolloutSpec(
                    "r1",
                    "sha256:ab",
                    "heads",
                    "",
                    null,
                    null,
                    List.of(
                            new WaveSpec(
                                    "canary",
                                    TargetShare.parse("1"),
                                    Duration.ofMinutes(10),
                                    TargetShare.NONE,
                                    2),
                            new WaveSpec(
                                    "rest",
                                    TargetShare.ALL,
                                    Duration.ZERO,
                                    TargetShare.parse("10%"),
                                    4)),
                    null);
    private static final Created CREATED = new Created(SPEC, "ann", "h1", List.of(1, 20));
    private static final Approved APPROVED = new Approved("bob", "h1");

    private static Rollout given(RolloutEvent... events) {
        var state = Rollout.INITIAL;
        for (var event : events) {
            state = Rollout.evolve(state, event);
        }
        return state;
    }

    private static List<RolloutEvent> advance(Rollout state, WaveTally tally, Instant now) {
        return Rollout.decide(new Advance(tally, now), state);
    }

    @Test
    void anApprovalBySomebodyElseReleasesTheFirstWave() {
        assertThat(Rollout.decide(new Approve("bob", "h1"), given(CREATED)))
                .containsExactly(APPROVED, new WaveReleased(0));
    }

    @Test
    void theAuthorCannotApproveAndNobodyAnotherPlan() {
        assertThatThrownBy(() -> Rollout.decide(new Approve("ann", "h1"), given(CREATED)))
                .hasMessageContaining("its author ann cannot approve");
        assertThatThrownBy(() -> Rollout.decide(new Approve("bob", "h2"), given(CREATED)))
                .hasMessageContaining("another plan");
        assertThatThrownBy(() -> Rollout.decide(new Approve("bob", "h1"), given(CREATED, APPROVED)))
                .hasMessageContaining("cannot approve: it is running");
    }

    @Test
    void aDrainedWaveSoaksBeforeItsGate() {
        var running = given(CREATED, APPROVED, new WaveReleased(0));
        var until = NOW.plus(Duration.ofMinutes(10));
        var drained = new WaveDrained(0, 1, 0, until);
        var tally = new WaveTally(0, 1, 0, 1, 0, 0);
        assertThat(advance(running, tally, NOW)).containsExactly(drained);
        var soaking = Rollout.evolve(running, drained);
        assertThat(soaking.status()).isEqualTo("soaking");
        assertThat(advance(soaking, tally, until.minusMillis(1))).isEmpty();
        assertThat(advance(soaking, tally, until))
                .containsExactly(new WavePassed(0), new WaveReleased(1));
    }

    @Test
    void theLastWavesGateCompletes() {
        var last =
                given(
                        CREATED,
                        APPROVED,
                        new WaveReleased(0),
                        new WavePassed(0),
                        new WaveReleased(1));
        assertThat(advance(last, new WaveTally(1, 20, 0, 18, 2, 0), NOW))
                .containsExactly(
                        new WaveDrained(1, 18, 2, NOW), new WavePassed(1), new Completed(2));
        assertThat(advance(last, new WaveTally(1, 20, 1, 18, 1, 0), NOW)).isEmpty();
    }

    @Test
    void oneFailureMoreThanTheBudgetHalts() {
        var last = given(CREATED, APPROVED, new WaveReleased(1));
        assertThat(advance(last, new WaveTally(1, 20, 4, 3, 2, 0), NOW)).isEmpty();
        var halted = advance(last, new WaveTally(1, 20, 4, 3, 3, 0), NOW);
        assertThat(halted).singleElement().isInstanceOf(Halted.class);
        assertThat(Rollout.evolve(last, halted.getFirst()).status()).isEqualTo("halted");
        assertThat(((Halted) halted.getFirst()).reason())
                .isEqualTo("3 of 20 databases of wave rest failed, the budget is 2");
    }

    @Test
    void aBudgetIsOfAllThatWerePlannedWhateverIsSetAside() {
        var last = given(CREATED, APPROVED, new WaveReleased(1));
        assertThat(advance(last, new WaveTally(1, 20, 0, 8, 2, 10), NOW))
                .first()
                .isEqualTo(new WaveDrained(1, 8, 2, NOW));
    }

    @Test
    void aWaveOfWhichNothingWasMigratedHalts() {
        var last = given(CREATED, APPROVED, new WaveReleased(1));
        assertThat(advance(last, new WaveTally(1, 20, 1, 0, 0, 19), NOW)).isEmpty();
        for (int failed = 0; failed <= 2; failed++) {
            var tally = new WaveTally(1, 20, 0, 0, failed, 20 - failed);
            assertThat(advance(last, tally, NOW))
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Halted.class,
                            halted ->
                                    assertThat(halted.reason())
                                            .startsWith("nothing of wave rest was migrated: "));
        }
    }

    @Test
    void aPersonMayLetAWavePassOfWhichNothingWasMigratedOrHaveItTriedAgain() {
        var running = given(CREATED, APPROVED, new WaveReleased(0));
        var none = new WaveTally(0, 2, 0, 0, 0, 2);
        var stopped = Rollout.evolve(running, advance(running, none, NOW).getFirst());
        assertThat(Rollout.decide(new Resume("eve", "mended", null), stopped))
                .containsExactly(new Resumed("eve", "mended", true));
        var again = Rollout.evolve(stopped, new Resumed("eve", "mended", true));
        assertThat(advance(again, none, NOW)).singleElement().isInstanceOf(Halted.class);
        assertThat(Rollout.decide(new Resume("eve", "test shops", false), stopped))
                .containsExactly(new Resumed("eve", "test shops", false));
        var goesOn = Rollout.evolve(stopped, new Resumed("eve", "test shops", false));
        assertThat(advance(goesOn, none, NOW)).first().isInstanceOf(WaveDrained.class);
    }

    @Test
    void aWaveWithoutDatabasesPasses() {
        var last = given(CREATED, APPROVED, new WaveReleased(1));
        assertThat(advance(last, new WaveTally(1, 0, 0, 0, 0, 0), NOW))
                .containsExactly(
                        new WaveDrained(1, 0, 0, NOW), new WavePassed(1), new Completed(2));
    }

    @Test
    void whatIsTriedAgainAfterAHaltWhileSoakingIsMigratedAndWatchedAnew() {
        var until = NOW.plus(Duration.ofMinutes(10));
        var soaking =
                given(CREATED, APPROVED, new WaveReleased(0), new WaveDrained(0, 1, 0, until));
        var doubted = Rollout.evolve(soaking, new Halted(0, "a backup"));
        var again = Rollout.evolve(doubted, new Resumed("eve", "mended", true));
        assertThat(((Rollout.Active) again).room(new WaveTally(0, 1, 0, 0, 0, 0))).isEqualTo(1);
        var paused = Rollout.evolve(soaking, new Paused("eve", "lunch"));
        assertThat(Rollout.evolve(paused, new Resumed("eve", "fed", false))).isEqualTo(soaking);
    }

    @Test
    void eventsFromBeforeAnythingWasSetAsideAreRead() {
        assertThat(
                        Json.read(
                                "{\"type\":\"halted\",\"wave\":1,\"reason\":\"x\"}",
                                RolloutEvent.class))
                .isEqualTo(new Halted(1, "x"));
        assertThat(
                        Json.read(
                                "{\"type\":\"resumed\",\"by\":\"a\",\"reason\":\"b\"}",
                                RolloutEvent.class))
                .isEqualTo(new Resumed("a", "b", false));
    }

    @Test
    void aStoppedRolloutDoesNotAdvanceAndGoesOnWhereItWas() {
        var running = given(CREATED, APPROVED, new WaveReleased(1));
        var paused = Rollout.evolve(running, new Paused("eve", "lunch"));
        assertThat(advance(paused, new WaveTally(1, 20, 0, 20, 0, 0), NOW)).isEmpty();
        assertThat(Rollout.decide(new Resume("eve", "fed", null), paused))
                .containsExactly(new Resumed("eve", "fed", false));
        assertThat(Rollout.evolve(paused, new Resumed("eve", "fed", false))).isEqualTo(running);
        assertThatThrownBy(() -> Rollout.decide(new Pause("eve", "again"), paused))
                .hasMessageContaining("cannot pause: it is paused");
    }

    @Test
    void abortEndsAnythingThatIsNotOver() {
        var abort = new Abort("eve", "wrong");
        for (var state : List.of(given(CREATED), given(CREATED, APPROVED, new WaveReleased(0)))) {
            assertThat(Rollout.decide(abort, state)).containsExactly(new Aborted("eve", "wrong"));
        }
        assertThatThrownBy(() -> Rollout.decide(abort, given(CREATED, new Aborted("eve", "x"))))
                .hasMessageContaining("it is aborted");
        assertThatThrownBy(() -> Rollout.decide(abort, Rollout.INITIAL))
                .hasMessageContaining("absent");
    }

    @Test
    void aSilentSiteThatIsHeardAgainLetsItGoOnAsItWas() {
        var running = given(CREATED, APPROVED, new WaveReleased(1));
        var silence = Rollout.decide(new RolloutAction.Silence("eu"), running);
        var stopped = Rollout.evolve(running, silence.getFirst());
        assertThat(stopped.status()).isEqualTo("halted");
        assertThat(Rollout.decide(new RolloutAction.Heard("us"), stopped)).isEmpty();
        var heard = Rollout.decide(new RolloutAction.Heard("eu"), stopped);
        assertThat(heard)
                .singleElement()
                .isInstanceOfSatisfying(
                        Resumed.class,
                        e -> assertThat(((Rollout.Stopped) stopped).retriesFailed(e)).isFalse());
        assertThat(Rollout.evolve(stopped, heard.getFirst())).isEqualTo(running);
        var paused = Rollout.decide(new Pause("eve", "not yet"), stopped);
        var kept = Rollout.evolve(stopped, paused.getFirst());
        assertThat(Rollout.decide(new RolloutAction.Heard("eu"), kept)).isEmpty();
    }

    @Test
    void aDoubtIsKeptWheneverItComes() {
        var doubt = new RolloutAction.Doubt("a backup is bad");
        var running = given(CREATED, APPROVED, new WaveReleased(1));
        for (var reason : List.of(new Paused("eve", "lunch"), new Halted(1, "lunch"))) {
            var stopped = Rollout.evolve(running, reason);
            var events = Rollout.decide(doubt, stopped);
            assertThat(events).containsExactly(new Halted(1, "lunch; a backup is bad"));
            var doubted = Rollout.evolve(stopped, events.getFirst());
            assertThat(doubted.status()).isEqualTo("halted");
            assertThat(Rollout.decide(doubt, doubted)).as("it is said once").isEmpty();
        }
        var over = Rollout.evolve(running, new Completed(2));
        var events = Rollout.decide(doubt, over);
        assertThat(events).containsExactly(new RolloutEvent.Doubted("a backup is bad"));
        var doubted = Rollout.evolve(over, events.getFirst());
        assertThat(((Rollout.Ended) doubted).doubt()).isEqualTo("a backup is bad");
        assertThat(Rollout.decide(doubt, doubted)).isEmpty();
    }

    @Test
    void roomIsParallelismLessWhatIsOpen() {
        var active = (Rollout.Active) given(CREATED, APPROVED, new WaveReleased(1));
        assertThat(active.room(new WaveTally(1, 20, 3, 0, 0, 0))).isEqualTo(1);
        assertThat(active.room(new WaveTally(1, 20, 4, 0, 0, 0))).isZero();
        assertThat(active.room(new WaveTally(1, 20, 0, 19, 0, 0))).isEqualTo(1);
    }

    @Test
    void everyEventComesBackFromItsText() {
        var events =
                List.of(
                        CREATED,
                        APPROVED,
                        new WaveReleased(1),
                        new WaveDrained(0, 1, 2, NOW),
                        new WavePassed(0),
                        new Halted(0, "x", true, "eu"),
                        new Paused("a", "b"),
                        new Resumed("a", "b", true),
                        new Aborted("a", "b"),
                        new Completed(2),
                        new RolloutEvent.Skipped("a", "b", List.of("u")),
                        new RolloutEvent.Doubted("x"));
        for (var event : events) {
            assertThat(Json.read(Json.text(event), RolloutEvent.class)).isEqualTo(event);
        }
    }
}
