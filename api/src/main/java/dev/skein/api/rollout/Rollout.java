// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rollout;

import dev.skein.api.rollout.RolloutAction.Abort;
import dev.skein.api.rollout.RolloutAction.Advance;
import dev.skein.api.rollout.RolloutAction.Approve;
import dev.skein.api.rollout.RolloutAction.Create;
import dev.skein.api.rollout.RolloutAction.Doubt;
import dev.skein.api.rollout.RolloutAction.Heard;
import dev.skein.api.rollout.RolloutAction.Pause;
import dev.skein.api.rollout.RolloutAction.Resume;
import dev.skein.api.rollout.RolloutAction.Silence;
import dev.skein.api.rollout.RolloutAction.Skip;
import dev.skein.api.rollout.RolloutAction.Undo;
import dev.skein.engine.SkeinException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rollout is. Each state's methods are its legal exits.
 *
 * <pre>
 *   Absent ─create→ Proposed ─approve→ Active ⇄ Stopped (halted, paused)
 *                      │                 │ │       │
 *                      └────abort────────┼─┴─abort─┘──→ Ended
 *                                        └─completed──→
 * </pre>
 */
public sealed interface Rollout {
    /** Before anything happened. */
    Rollout INITIAL = new Absent();

    /** The name of the state for people and queries. */
    String status();

    /** What a command makes happen; nothing where it changes nothing. */
    static List<RolloutEvent> decide(RolloutAction command, Rollout state) {
        return switch (command) {
            case Create create ->
                    RolloutSteering.need(state, Absent.class, "create").create(create);
            case Undo undo -> RolloutSteering.need(state, Absent.class, "create").undo(undo);
            case Approve approve ->
                    RolloutSteering.need(state, Proposed.class, "approve").approve(approve);
            case Pause pause -> RolloutSteering.pause(pause, state);
            case Resume resume ->
                    RolloutSteering.need(state, Stopped.class, "resume").resume(resume);
            case Abort abort -> RolloutSteering.abort(abort, state);
            case Silence silence ->
                    state instanceof Active active ? active.silence(silence) : List.of();
            case Heard heard -> state instanceof Stopped stopped ? stopped.heard(heard) : List.of();
            case Skip skip -> RolloutSteering.skip(skip, state);
            case Doubt doubt -> RolloutSteering.doubt(doubt, state);
            case Advance advance ->
                    state instanceof Active active ? active.advance(advance) : List.of();
        };
    }

    /** The state after an event. */
    static Rollout evolve(Rollout state, RolloutEvent event) {
        return switch (event) {
            case RolloutEvent.Created e ->
                    new Proposed(new Terms(e.spec(), e.author(), e.planHash(), e.waveSizes()));
            case RolloutEvent.Approved e -> Active.of(terms(state), -1);
            case RolloutEvent.WaveReleased e -> Active.of(terms(state), e.wave());
            case RolloutEvent.WaveDrained e -> active(state).until(e.soakUntil());
            case RolloutEvent.WavePassed e -> state;
            case RolloutEvent.Halted e ->
                    new Stopped(active(state), "halted", e.reason(), e.fruitless(), e.silent());
            case RolloutEvent.Paused e ->
                    new Stopped(active(state), "paused", e.reason(), false, null);
            case RolloutEvent.Resumed e -> ((Stopped) state).resumed(e);
            case RolloutEvent.Aborted e -> new Ended(terms(state), "aborted", null);
            case RolloutEvent.Completed e -> new Ended(terms(state), "completed", null);
            case RolloutEvent.Skipped e -> state;
            case RolloutEvent.Doubted e -> ((Ended) state).doubted(e.reason());
        };
    }

    private static Terms terms(Rollout state) {
        return switch (state) {
            case Proposed s -> s.terms();
            case Active s -> s.terms();
            case Stopped s -> s.was().terms();
            case Ended s -> s.terms();
            case Absent s -> throw new IllegalStateException("an event before 'created'");
        };
    }

    private static Active active(Rollout state) {
        return state instanceof Stopped stopped ? stopped.was() : (Active) state;
    }

    /** What was agreed on. */
    record Terms(RolloutSpec spec, String author, String planHash, List<Integer> waveSizes) {
        public Terms {
            waveSizes = List.copyOf(waveSizes);
        }

        boolean isLast(int wave) {
            return wave == waveSizes.size() - 1;
        }
    }

    /** Nothing is there yet. */
    record Absent() implements Rollout {
        @Override
        public String status() {
            return "absent";
        }

        List<RolloutEvent> create(Create c) {
            var sizes = c.plan().waves().stream().map(RolloutPlan.Wave::databases).toList();
            return List.of(
                    new RolloutEvent.Created(c.spec(), c.author(), c.plan().hash(c.spec()), sizes));
        }

        List<RolloutEvent> undo(Undo u) {
            var events = new ArrayList<>(create(new Create(u.spec(), u.plan(), u.by())));
            if (u.alone()) {
                events.add(new RolloutEvent.Approved(u.by(), u.plan().hash(u.spec())));
                events.add(new RolloutEvent.WaveReleased(0));
            }
            return events;
        }
    }

    /** Waits for somebody's approval. */
    record Proposed(Terms terms) implements Rollout {
        @Override
        public String status() {
            return "proposed";
        }

        List<RolloutEvent> approve(Approve approve) {
            if (approve.by().equals(terms.author())) {
                throw SkeinException.failed(
                        "Rollout " + terms.spec().id(),
                        "its author " + terms.author() + " cannot approve it",
                        "Ask somebody else");
            }
            if (!approve.planHash().equals(terms.planHash())) {
                throw SkeinException.failed(
                        "Rollout " + terms.spec().id(),
                        "the approval is for another plan than " + terms.planHash(),
                        "Look at the plan again: skein rollout plan " + terms.spec().id());
            }
            return List.of(
                    new RolloutEvent.Approved(approve.by(), approve.planHash()),
                    new RolloutEvent.WaveReleased(0));
        }
    }

    /**
     * Works on a wave.
     *
     * @param soakUntil far away while databases are migrated
     * @param passesFruitless whether somebody let it go on though none of the wave was migrated
     */
    record Active(Terms terms, int wave, Instant soakUntil, boolean passesFruitless)
            implements Rollout {
        static Active of(Terms terms, int wave) {
            return new Active(terms, wave, Instant.MAX, false);
        }

        Active until(Instant soaked) {
            return new Active(terms, wave, soaked, passesFruitless);
        }

        @Override
        public String status() {
            return isSoaking() ? "soaking" : "running";
        }

        public boolean isSoaking() {
            return !soakUntil.equals(Instant.MAX);
        }

        public RolloutSpec.WaveSpec waveSpec() {
            return terms.spec().waves().get(wave);
        }

        List<RolloutEvent> silence(Silence silence) {
            var reason = "the agents of site " + silence.site() + " have gone silent";
            return List.of(new RolloutEvent.Halted(wave, reason, false, silence.site()));
        }

        List<RolloutEvent> advance(Advance advance) {
            var tally = advance.tally();
            int allowed = waveSpec().budget().allowed(tally.planned());
            if (tally.failed() > allowed) {
                return List.of(new RolloutEvent.Halted(wave, overBudget(tally, allowed)));
            }
            if (!tally.isDrained()) {
                return List.of();
            }
            if (tally.isFruitless() && !passesFruitless) {
                return List.of(new RolloutEvent.Halted(wave, fruitless(tally), true, null));
            }
            return drained(tally, advance.now());
        }

        private List<RolloutEvent> drained(WaveTally tally, Instant now) {
            var events = new ArrayList<RolloutEvent>();
            var until = soakUntil;
            if (!isSoaking()) {
                until = now.plus(waveSpec().soak());
                events.add(
                        new RolloutEvent.WaveDrained(
                                wave, tally.succeeded(), tally.failed(), until));
            }
            if (!now.isBefore(until)) {
                events.add(new RolloutEvent.WavePassed(wave));
                events.add(next());
            }
            return events;
        }

        private String overBudget(WaveTally tally, int allowed) {
            return "%d of %d databases of wave %s failed, the budget is %d"
                    .formatted(tally.failed(), tally.planned(), waveSpec().name(), allowed);
        }

        private String fruitless(WaveTally tally) {
            return "nothing of wave %s was migrated: %d of its %d databases were set aside"
                    .formatted(waveSpec().name(), tally.aside(), tally.planned());
        }

        private RolloutEvent next() {
            return terms.isLast(wave)
                    ? new RolloutEvent.Completed(wave + 1)
                    : new RolloutEvent.WaveReleased(wave + 1);
        }

        /** How many more directives may be opened. */
        public int room(WaveTally tally) {
            if (isSoaking()) {
                return 0;
            }
            return Math.max(0, Math.min(tally.pending(), waveSpec().parallel() - tally.open()));
        }
    }

    /**
     * Stands still.
     *
     * @param kind halted or paused
     * @param fruitless whether it halted since none of the wave's databases was migrated
     * @param silent the site whose silence alone stopped it
     */
    record Stopped(
            Active was, String kind, String reason, boolean fruitless, @Nullable String silent)
            implements Rollout {
        @Override
        public String status() {
            return kind;
        }

        List<RolloutEvent> resume(Resume resume) {
            return List.of(
                    new RolloutEvent.Resumed(
                            resume.by(), resume.reason(), resume.retriesAside(this)));
        }

        /** It goes on as if nothing had been: what failed before has failed. */
        List<RolloutEvent> heard(Heard heard) {
            var reason = "the agents of site " + heard.site() + " are heard of again";
            return heard.site().equals(silent)
                    ? List.of(new RolloutEvent.Resumed("conductor", reason, false, false))
                    : List.of();
        }

        List<RolloutEvent> doubt(Doubt doubt) {
            if (isHalted() && reason.contains(doubt.reason())) {
                return List.of();
            }
            var both = reason + "; " + doubt.reason();
            return List.of(new RolloutEvent.Halted(was.wave(), both, fruitless, null));
        }

        /** Whether what failed in the wave is tried again. */
        public boolean retriesFailed(RolloutEvent.Resumed e) {
            return e.retryFailed() == null ? isHalted() : e.retryFailed();
        }

        /** Where something is tried again, the wave is worked on, and watched anew afterwards. */
        Active resumed(RolloutEvent.Resumed e) {
            return new Active(
                    was.terms(),
                    was.wave(),
                    retriesFailed(e) || e.retryAside() ? Instant.MAX : was.soakUntil(),
                    was.passesFruitless() || (fruitless && !e.retryAside()));
        }

        /** Whether failures, or what is as bad, stopped it; not a person. */
        public boolean isHalted() {
            return kind.equals("halted");
        }
    }

    /**
     * Is over.
     *
     * @param kind completed or aborted
     * @param doubt what was found out afterwards
     */
    record Ended(Terms terms, String kind, @Nullable String doubt) implements Rollout {
        boolean has(Doubt other) {
            return doubt != null && doubt.contains(other.reason());
        }

        Ended doubted(String other) {
            return new Ended(terms, kind, doubt == null ? other : doubt + "; " + other);
        }

        @Override
        public String status() {
            return kind;
        }
    }
}
