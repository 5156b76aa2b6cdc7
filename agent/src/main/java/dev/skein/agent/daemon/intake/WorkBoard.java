// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.intake;

import dev.skein.engine.event.Directive;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What this agent has to do and is doing: a pure state machine without clock, thread or Kafka. The
 * newest directive of each database wins; nothing is acted on before its partition was read to the
 * end; the map is the back-pressure.
 */
public final class WorkBoard {
    /** What follows from something that happened. */
    public sealed interface Action {
        Directive directive();

        /** Begin working on a directive. */
        record StartRun(Directive directive) implements Action {}

        /** Ask a running piece of work to stop at its next step boundary. */
        record Stop(Directive directive) implements Action {}

        /** Say that nothing runs on this database, as was asked. */
        record AnswerHeld(Directive directive) implements Action {}

        /** Say again how a directive ended. */
        record Repeat(Directive directive) implements Action {}
    }

    private final ToIntFunction<String> partitionOf;
    private final Map<String, Directive> newest = new HashMap<>();
    private final Map<String, Directive> running = new HashMap<>();
    private final Map<String, Long> finished = new HashMap<>();
    private final Set<Integer> owned = new HashSet<>();
    private final Set<Integer> reading = new HashSet<>();

    /**
     * @param partitionOf where a database's key lies
     */
    public WorkBoard(ToIntFunction<String> partitionOf) {
        this.partitionOf = partitionOf;
    }

    /** Partitions are ours from now on, and are being read from their beginning. */
    public void assigned(Collection<Integer> partitions) {
        owned.addAll(partitions);
        reading.addAll(partitions);
    }

    /** A partition was read to the end that it had when it was assigned. */
    public List<Action> caughtUp(int partition) {
        if (!reading.remove(partition)) {
            return List.of();
        }
        var actions = new ArrayList<Action>();
        List.copyOf(newest.values()).stream()
                .filter(d -> partitionOf.applyAsInt(d.uid()) == partition)
                .forEach(d -> act(d, actions));
        return actions;
    }

    /** Partitions are somebody else's from now on: stop what runs, forget what waits. */
    public List<Action> revoked(Collection<Integer> partitions) {
        var gone = Set.copyOf(partitions);
        owned.removeAll(gone);
        reading.removeAll(gone);
        newest.keySet().removeIf(uid -> gone.contains(partitionOf.applyAsInt(uid)));
        finished.keySet().removeIf(uid -> gone.contains(partitionOf.applyAsInt(uid)));
        var actions = new ArrayList<Action>();
        running.values().stream()
                .filter(d -> gone.contains(partitionOf.applyAsInt(d.uid())))
                .forEach(d -> actions.add(new Action.Stop(d)));
        return actions;
    }

    /** A directive arrived, or a tombstone. */
    public List<Action> received(String uid, @Nullable Directive directive) {
        if (directive == null) {
            newest.remove(uid);
            return List.of();
        }
        var known = newest.get(uid);
        if (known != null && known.generation() > directive.generation()) {
            return List.of();
        }
        newest.put(uid, directive);
        var actions = new ArrayList<Action>();
        if (!reading.contains(partitionOf.applyAsInt(uid))) {
            act(directive, actions);
        }
        return actions;
    }

    private void act(Directive directive, List<Action> actions) {
        var uid = directive.uid();
        var current = running.get(uid);
        if (current != null) {
            if (current.generation() < directive.generation()) {
                actions.add(new Action.Stop(current));
            }
        } else if (finished.getOrDefault(uid, 0L) >= directive.generation()) {
            actions.add(new Action.Repeat(directive));
        } else if (directive.action() == Directive.Action.HOLD) {
            finished.put(uid, directive.generation());
            actions.add(new Action.AnswerHeld(directive));
        } else {
            running.put(uid, directive);
            actions.add(new Action.StartRun(directive));
        }
    }

    /**
     * A piece of work has ended; what came in meanwhile is next.
     *
     * @param settled whether the directive is over; if not, and it is still the newest, it is begun
     *     again
     */
    public List<Action> finished(Directive directive, boolean settled) {
        running.remove(directive.uid());
        if (!owns(directive.uid())) {
            return List.of();
        }
        if (settled) {
            finished.merge(directive.uid(), directive.generation(), Math::max);
        }
        var next = newest.get(directive.uid());
        var actions = new ArrayList<Action>();
        var partition = partitionOf.applyAsInt(directive.uid());
        if (reading.contains(partition)) {
            return actions; // acted on when its partition is read to the end
        }
        if (next != null && (!settled || next.generation() > directive.generation())) {
            act(next, actions);
        }
        return actions;
    }

    /** Whether a database is ours. */
    public boolean owns(String uid) {
        return owned.contains(partitionOf.applyAsInt(uid));
    }

    /** The bundles that the newest directives name, and those of what still runs. */
    public Set<String> bundles() {
        return Stream.concat(newest.values().stream(), running.values().stream())
                .map(Directive::bundle)
                .collect(Collectors.toSet());
    }

    public int runningCount() {
        return running.size();
    }
}
