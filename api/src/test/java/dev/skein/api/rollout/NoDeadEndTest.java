// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.api.rollout.RolloutAction.Advance;
import dev.skein.api.rollout.RolloutSpec.WaveSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random walks over a rollout and its databases: wherever one ends, an operator can end it in a few
 * steps, by going on as well as by giving up.
 */
@Tag("quick")
class NoDeadEndTest {
    private static final int WALKS = 20_000;
    private static final int STEPS = 60;
    private static final Duration SOAK = Duration.ofMinutes(10);

    private enum Target {
        PENDING,
        OPEN,
        HOLDING,
        SUCCEEDED,
        FAILED,
        ASIDE,
        SKIPPED
    }

    /** A rollout of two waves with three databases each, as the stores keep it. */
    private static final class World {
        private static final int SIZE = 3;
        final Random random;
        final List<String> story = new ArrayList<>();
        final Target[] targets = new Target[2 * SIZE];
        Instant now = Instant.parse("2026-11-28T00:00:00Z");
        Rollout state = Rollout.INITIAL;

        World(Random random) {
            this.random = random;
            Arrays.fill(targets, Target.PENDING);
            var one = new WaveSpec("one", TargetShare.ALL, SOAK, TargetShare.NONE, 2);
            var two =
                    new WaveSpec("two", TargetShare.ALL, Duration.ZERO, TargetShare.parse("1"), 2);
            var spec =
                    new RolloutSpec(
                            "r", "sha256:ab", "heads", "", null, null, List.of(one, two), null);
            happen(new RolloutEvent.Created(spec, "ann", "h", List.of(SIZE, SIZE)));
            command(new RolloutAction.Approve("bob", "h"));
        }

        private void happen(RolloutEvent event) {
            story.add(String.valueOf(event));
            var before = state;
            state = Rollout.evolve(state, event);
            switch (event) {
                case RolloutEvent.Halted e -> hold();
                case RolloutEvent.Paused e -> hold();
                case RolloutEvent.Aborted e -> hold();
                case RolloutEvent.Resumed e -> retry((Rollout.Stopped) before, e);
                case RolloutEvent.Skipped e -> e.databases().forEach(this::skip);
                default -> {}
            }
        }

        private void hold() {
            replace(Target.OPEN, Target.HOLDING);
        }

        private void skip(String target) {
            targets[Integer.parseInt(target)] = Target.SKIPPED;
        }

        private void retry(Rollout.Stopped stopped, RolloutEvent.Resumed e) {
            int wave = stopped.was().wave();
            for (int n = wave * SIZE; n < (wave + 1) * SIZE; n++) {
                if ((targets[n] == Target.FAILED && stopped.retriesFailed(e))
                        || (targets[n] == Target.ASIDE && e.retryAside())) {
                    targets[n] = Target.PENDING;
                }
            }
        }

        private void replace(Target from, Target to) {
            for (int n = 0; n < targets.length; n++) {
                targets[n] = targets[n] == from ? to : targets[n];
            }
        }

        WaveTally tally(int wave) {
            var those = List.of(targets).subList(wave * SIZE, (wave + 1) * SIZE);
            int open = count(those, Target.OPEN) + count(those, Target.HOLDING);
            int aside = count(those, Target.ASIDE) + count(those, Target.SKIPPED);
            int failed = count(those, Target.FAILED);
            return new WaveTally(wave, SIZE, open, count(those, Target.SUCCEEDED), failed, aside);
        }

        private static int count(List<Target> those, Target state) {
            return (int) those.stream().filter(t -> t == state).count();
        }

        void command(RolloutAction command) {
            story.add(String.valueOf(command));
            Rollout.decide(command, state).forEach(this::happen);
        }

        /** What the conductor does in a round. */
        void round() {
            while (state instanceof Rollout.Active active) {
                var tally = tally(active.wave());
                var events = Rollout.decide(new Advance(tally, now), active);
                events.forEach(this::happen);
                if (events.isEmpty()) {
                    fill(active.wave(), active.room(tally));
                    return;
                }
            }
        }

        private void fill(int wave, int room) {
            int left = room;
            for (int n = wave * SIZE; n < (wave + 1) * SIZE && left > 0; n++) {
                if (targets[n] == Target.PENDING) {
                    targets[n] = Target.OPEN;
                    left--;
                }
            }
        }

        void step() {
            switch (random.nextInt(10)) {
                case 0 -> answer(Target.FAILED);
                case 1 -> answer(Target.ASIDE);
                case 2, 3 -> answer(Target.SUCCEEDED);
                case 4 -> now = now.plus(SOAK);
                case 5 -> command(new RolloutAction.Doubt("bad " + random.nextInt(3)));
                case 6 -> command(new RolloutAction.Silence("eu"));
                case 7 -> command(new RolloutAction.Heard("eu"));
                default -> person();
            }
            if (random.nextBoolean()) {
                round();
            }
        }

        private void answer(Target end) {
            int n = random.nextInt(targets.length);
            if (targets[n] == Target.HOLDING && random.nextBoolean()) {
                targets[n] = Target.PENDING;
            } else if (targets[n] == Target.OPEN || targets[n] == Target.HOLDING) {
                targets[n] = end;
            }
            story.add(n + " " + targets[n]);
        }

        private void person() {
            switch (state) {
                case Rollout.Active active when random.nextBoolean() ->
                        command(new RolloutAction.Pause("joe", "look"));
                case Rollout.Stopped stopped when random.nextInt(4) > 0 ->
                        command(new RolloutAction.Resume("joe", "go", maybe()));
                case Rollout.Active active -> skipOne();
                case Rollout.Stopped stopped -> skipOne();
                case Rollout.Ended ended -> skipOne();
                default -> {}
            }
        }

        private @Nullable Boolean maybe() {
            return random.nextInt(3) == 0 ? null : Boolean.valueOf(random.nextBoolean());
        }

        private void skipOne() {
            int n = random.nextInt(targets.length);
            var open = targets[n] == Target.OPEN || targets[n] == Target.HOLDING;
            var waits = targets[n] == Target.PENDING || targets[n] == Target.FAILED;
            if (open || (waits && !(state instanceof Rollout.Ended))) {
                command(new RolloutAction.Skip("joe", "odd", List.of(String.valueOf(n))));
            }
        }

        /** Agents answer, or their time runs out; time passes; the operator lets it go on. */
        void goOn() {
            for (int n = 0; n < 20 && !(state instanceof Rollout.Ended); n++) {
                if (state instanceof Rollout.Stopped) {
                    command(new RolloutAction.Resume("joe", "go", n > 3 ? false : null));
                }
                replace(Target.HOLDING, Target.PENDING);
                replace(Target.OPEN, Target.SUCCEEDED);
                now = now.plus(SOAK);
                round();
            }
        }
    }

    private static World walk(long seed) {
        var world = new World(new Random(seed));
        int steps = world.random.nextInt(STEPS);
        IntStream.range(0, steps).forEach(n -> world.step());
        return world;
    }

    @Test
    void fromWhereverItStandsItCanBeCompleted() {
        for (long seed = 0; seed < WALKS; seed++) {
            var world = walk(seed);
            world.goOn();
            assertThat(world.state)
                    .as("seed %d: %s", seed, world.story)
                    .isInstanceOf(Rollout.Ended.class);
        }
    }

    @Test
    void fromWhereverItStandsItCanBeGivenUpAndHoldsNothing() {
        for (long seed = 0; seed < WALKS; seed++) {
            var world = walk(seed);
            if (!(world.state instanceof Rollout.Ended)) {
                world.command(new RolloutAction.Abort("joe", "enough"));
            }
            for (int n = 0; n < world.targets.length; n++) {
                if (world.targets[n] == Target.HOLDING) {
                    var one = List.of(String.valueOf(n));
                    world.command(new RolloutAction.Skip("joe", "gone", one));
                }
            }
            assertThat(world.state).isInstanceOf(Rollout.Ended.class);
            assertThat(world.targets)
                    .as("seed %d: %s", seed, world.story)
                    .doesNotContain(Target.OPEN, Target.HOLDING);
        }
    }

    @Test
    void theWalksGoEverywhere() {
        var seen =
                IntStream.range(0, 2000)
                        .mapToObj(seed -> walk(seed).state.status())
                        .distinct()
                        .toList();
        assertThat(seen).contains("running", "soaking", "halted", "paused", "completed");
    }
}
