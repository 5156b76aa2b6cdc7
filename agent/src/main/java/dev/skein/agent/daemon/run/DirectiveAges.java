// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.run;

import dev.skein.engine.event.DatabaseReport.Kind;
import dev.skein.engine.event.Directive;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * How long ago directives were sent, by the brokers' clock alone: that of the control plane and
 * this machine's may be hours off. After so long nobody stands by what was approved, and while the
 * control plane is away nobody can stop it either: nothing begins any more, and whoever is there
 * then decides.
 */
@ApplicationScoped
public class DirectiveAges {
    /** Nothing begins, or goes on in another process, so long after it was sent. */
    static final Duration LONGEST = Duration.ofDays(1);

    private final LongSupplier nanos;
    private final Map<String, Bound> bounds = new ConcurrentHashMap<>();

    /** Of one generation, until when it may begin. */
    private record Bound(long generation, long until) {}

    public DirectiveAges() {
        this(System::nanoTime);
    }

    /**
     * @param nanos as {@link System#nanoTime}
     */
    DirectiveAges(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * One was read.
     *
     * @param age how long ago it was written
     */
    public void read(Directive directive, Duration age) {
        var until = nanos.getAsLong() + LONGEST.minus(age).toNanos();
        bounds.put(directive.uid(), new Bound(directive.generation(), until));
    }

    /** There is none of that database any more. */
    public void closed(String uid) {
        bounds.remove(uid);
    }

    /** Whether it is too late to begin. */
    boolean isLate(Directive directive) {
        var bound = bounds.get(directive.uid());
        return bound != null
                && bound.generation() == directive.generation()
                && nanos.getAsLong() - bound.until() >= 0;
    }

    /** What is said of one that did not begin since it is too late. */
    static DirectiveEnding late(Directive directive) {
        return DirectiveEnding.said(
                directive,
                Kind.REFUSED,
                "it was sent more than %d hours ago, and nothing begins so late; resume the rollout"
                        .formatted(LONGEST.toHours()));
    }
}
