// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.event.Directive;
import dev.skein.engine.event.Heartbeat;
import dev.skein.engine.event.Heartbeat.Attempt;
import dev.skein.engine.execute.order.Progress;
import dev.skein.engine.plan.Direction;
import dev.skein.engine.plan.Plan;
import dev.skein.engine.plan.Step;
import dev.skein.engine.testing.Directives;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an agent is at, as whoever asks why a rollout stands hears of it. */
@Tag("quick")
class DirectiveAttemptsTest {
    private static final Plan PLAN =
            new Plan(List.of(), List.of("b"), List.of(step("a"), step("b")));

    private Instant now = Instant.parse("2026-11-28T10:00:00Z");
    private final DirectiveAttempts attempts = new DirectiveAttempts(new Moved());

    private static Step step(String id) {
        return new Step(Direction.UP, id, List.of(), List.of(id));
    }

    private static Directive directive(int number) {
        return Directives.of("%032x".formatted(number), 7, Directive.Action.MIGRATE);
    }

    private void pass(int seconds) {
        now = now.plusSeconds(seconds);
    }

    private Attempt only() {
        return attempts.current().getFirst();
    }

    @Test
    void theSameTroubleLastsFromWhenItBegan() {
        var directive = directive(1);
        attempts.begin(directive);
        for (int i = 0; i < 3; i++) {
            attempts.tried(directive);
            attempts.waits(directive, "nothing accepts connections");
            pass(20);
        }
        assertThat(only())
                .isEqualTo(
                        new Attempt(
                                directive.uid(), 7, 3, 60, true, "nothing accepts connections"));
        attempts.waits(directive, "it starts");
        assertThat(only().seconds()).isZero();
        attempts.end(directive);
        assertThat(attempts.current()).isEmpty();
    }

    @Test
    void aRunSaysWhichStepItIsAtAndWhatItWaitsFor() {
        var directive = directive(1);
        attempts.begin(directive);
        var progress = attempts.heard(directive, Progress.NONE);
        progress.planned(PLAN);
        assertThat(only().doing()).isEqualTo("runs a (1 of 2)");
        progress.done(step("a"), Duration.ZERO);
        assertThat(only().doing()).isEqualTo("runs b (2 of 2)");
        progress.retrying(step("b"), "lock timeout", Duration.ZERO);
        assertThat(only().doing()).isEqualTo("tries b again: lock timeout");
        assertThat(only().troubled()).isTrue();
        progress.running(step("b"), 2, 3);
        assertThat(only().doing()).isEqualTo("runs statement 2 of 3 of b");
        assertThat(only().troubled()).isFalse();
    }

    @Test
    void theWorstAreToldAndNoMoreThanFitIntoASignOfLife() {
        for (int i = 0; i < 200; i++) {
            attempts.begin(directive(i));
            attempts.doing(directive(i), "x".repeat(5_000));
        }
        pass(5);
        attempts.waits(directive(77), "stuck");
        pass(5);
        assertThat(attempts.current()).hasSize(Heartbeat.MOST);
        assertThat(only().doing()).isEqualTo("stuck");
        assertThat(attempts.current().getLast().doing()).hasSize(Attempt.LONGEST);
    }

    private final class Moved extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneId.of("UTC");
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
