// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.run;

import dev.skein.engine.event.Directive;
import dev.skein.engine.event.Heartbeat;
import dev.skein.engine.event.Heartbeat.Attempt;
import dev.skein.engine.execute.order.Progress;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is being done about each open directive, or waited for, and since when: whoever is on call
 * asks why a rollout stands, and only the agent knows.
 */
@ApplicationScoped
public class DirectiveAttempts {
    private static final Comparator<Attempt> WORST_FIRST =
            Comparator.comparing(Attempt::troubled)
                    .thenComparingLong(Attempt::seconds)
                    .reversed()
                    .thenComparing(Attempt::uid);

    private record State(
            long generation, int tries, Instant since, boolean troubled, String doing) {}

    private final Map<String, State> states = new ConcurrentHashMap<>();
    private final Clock clock;

    public DirectiveAttempts(Clock clock) {
        this.clock = clock;
    }

    /** What it is at now, the worst first, as many as are told. */
    public List<Attempt> current() {
        var now = clock.instant();
        var worst = new PriorityQueue<>(WORST_FIRST.reversed());
        states.forEach((uid, state) -> {
            worst.add(attempt(uid, state, now));
            if (worst.size() > Heartbeat.MOST) {
                worst.remove(); // the least of them: there may be thousands
            }
        });
        return worst.stream().sorted(WORST_FIRST).toList();
    }

    private static Attempt attempt(String uid, State state, Instant now) {
        long seconds = Math.max(0, Duration.between(state.since(), now).toSeconds());
        return new Attempt(
                uid, state.generation(), state.tries(), seconds, state.troubled(), state.doing());
    }

    /** A directive is taken up. */
    void begin(Directive directive) {
        states.put(
                directive.uid(),
                new State(directive.generation(), 0, clock.instant(), false, "is being taken up"));
    }

    /** It is let go of, however it ended. */
    void end(Directive directive) {
        states.remove(directive.uid());
    }

    /** Another try begins. */
    void tried(Directive directive) {
        states.computeIfPresent(
                directive.uid(),
                (uid, s) ->
                        new State(
                                s.generation(), s.tries() + 1, s.since(), s.troubled(), s.doing()));
    }

    /** What is done now. */
    void doing(Directive directive, String what) {
        put(directive, false, what);
    }

    /** What is in the way, and must end by itself or by somebody's hand. */
    void waits(Directive directive, String what) {
        put(directive, true, what);
    }

    /** The same thing again does not begin anew: it is asked since when it stands. */
    private void put(Directive directive, boolean troubled, String what) {
        var text = what.length() <= Attempt.LONGEST ? what : what.substring(0, Attempt.LONGEST);
        states.computeIfPresent(directive.uid(), (uid, s) -> changed(s, troubled, text));
    }

    private State changed(State s, boolean troubled, String text) {
        return s.doing().equals(text) && s.troubled() == troubled
                ? s
                : new State(s.generation(), s.tries(), clock.instant(), troubled, text);
    }

    /** What a run says of itself is what is being done. */
    Progress heard(Directive directive, Progress other) {
        return new AttemptProgress(this, directive, other);
    }
}
