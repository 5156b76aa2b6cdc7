// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.store;

import dev.skein.api.rollout.RolloutEvent;
import dev.skein.api.store.DirectiveContent;
import dev.skein.api.store.DirectiveOutcome;
import dev.skein.api.store.DirectiveStore;
import dev.skein.engine.event.Directive;
import dev.skein.engine.event.Directive.Action;
import dev.skein.service.database.Db.Tx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Directives in memory. */
public class MemoryDirectives extends DirectiveStore {
    private static final long LONGEST = Duration.ofHours(24).toMillis();
    private static final long LEFT = Duration.ofMinutes(10).toMillis();
    private static final Set<String> UNFINISHED = Set.of("pending", "failed", "open", "holding");
    private static final Set<String> STANDING = Set.of("running", "soaking", "halted", "paused");

    private final MemoryTables tables;

    /**
     * @param slice how many are opened or held at once
     */
    public MemoryDirectives(MemoryTables tables, int slice) {
        super(slice);
        this.tables = tables;
    }

    private List<MemoryRows.Target> targets(String rollout) {
        return tables.targets.of(rollout + " ");
    }

    @Override
    public int open(Tx tx, DirectiveContent.Order order, int wave, int room) {
        var next =
                targets(order.rollout()).stream()
                        .filter(t -> t.wave() == wave && t.state().equals("pending"))
                        .sorted(Comparator.comparingInt(MemoryRows.Target::place))
                        .limit(slice(room))
                        .toList();
        next.forEach(target -> put(order, target, Action.MIGRATE));
        count(order.rollout(), wave, next.size(), 0, 0, 0);
        return next.size();
    }

    private void count(String rollout, int wave, int open, int succeeded, int failed, int aside) {
        var count = tables.counts.row(MemoryRows.Count.key(rollout, wave));
        tables.counts.put(count.key(), count.plus(open, succeeded, failed, aside));
    }

    @Override
    public int hold(Tx tx, DirectiveContent.Order order) {
        var next =
                targets(order.rollout()).stream()
                        .filter(t -> t.state().equals("open"))
                        .sorted(
                                Comparator.comparingInt(MemoryRows.Target::wave)
                                        .thenComparingInt(target -> -target.place()))
                        .limit(slice(Integer.MAX_VALUE))
                        .toList();
        next.forEach(target -> put(order, target, Action.HOLD));
        return next.size();
    }

    private void put(DirectiveContent.Order order, MemoryRows.Target target, Action action) {
        long generation = nextGeneration(target.uid());
        var directive = directive(order, target, action, generation);
        tables.directives.put(target.uid(), issued(order, target, directive, generation));
        var state = action == Action.HOLD ? "holding" : "open";
        tables.targets.put(target.key(), target.with(state, generation, null, tables.now()));
    }

    private Directive directive(
            DirectiveContent.Order order,
            MemoryRows.Target target,
            Action action,
            long generation) {
        var member = target.member();
        var additive = tables.rollouts.row(order.rollout()).additive().containsAll(member.path());
        var of =
                new DirectiveContent.Target(
                        member.path(), member.restore(), additive, member.heads());
        return DirectiveContent.directive(order, of, target.uid(), generation, action, null);
    }

    private MemoryRows.Issued issued(
            DirectiveContent.Order order,
            MemoryRows.Target target,
            Directive directive,
            long generation) {
        return new MemoryRows.Issued(
                target.uid(),
                target.member().site(),
                order.rollout(),
                generation,
                directive,
                0,
                tables.now(),
                false,
                tables.now() + LONGEST);
    }

    private long nextGeneration(String uid) {
        var known = tables.directives.get(uid);
        var told = tables.fleet.get(uid);
        long issued = known == null ? 0 : known.generation();
        long accepted = told == null ? 0 : told.database().accepted();
        return 1 + Math.max(issued, accepted);
    }

    private void close(MemoryRows.Target target) {
        var directive = tables.directives.get(target.uid());
        if (directive != null && directive.rollout().equals(target.rollout())) {
            tables.directives.put(target.uid(), directive.closed(tables.now()));
        }
    }

    @Override
    public void skip(Tx tx, String rollout, RolloutEvent.Skipped skipped) {
        for (var target : targets(rollout)) {
            if (skipped.databases().contains(target.uid()) && UNFINISHED.contains(target.state())) {
                tables.targets.put(target.key(), target.given(tables.now()));
                close(target);
                int failed = target.state().equals("failed") ? 1 : 0;
                count(rollout, target.wave(), target.isOut() ? -1 : 0, 0, -failed, 1);
            }
        }
    }

    @Override
    public List<Named> named(Tx tx, String rollout, String name, boolean open) {
        return targets(rollout).stream()
                .filter(t -> t.uid().equals(name) || paths(t).contains(name))
                .map(t ->
                        new Named(
                                t.uid(),
                                paths(t).getLast(),
                                t.isOut() || (!open && UNFINISHED.contains(t.state()))))
                .sorted(Comparator.comparing(Named::whole))
                .toList();
    }

    /** What a database can be called, the longest last. */
    private List<String> paths(MemoryRows.Target target) {
        var member = target.member();
        var paths = new ArrayList<String>();
        paths.add(member.name());
        paths.add(member.site() + "/" + member.name());
        var known = tables.fleet.get(member.uid());
        if (known != null) {
            paths.add(member.site() + "/" + known.database().server() + "/" + member.name());
        }
        return paths;
    }

    @Override
    public List<DirectiveOutcome> overdue(Tx tx, List<String> sites) {
        var overdue = tables.directives.all(d -> d.content() != null && isOverdue(d, sites));
        return overdue.stream()
                .map(d ->
                        unanswered(
                                d.uid(),
                                d.rollout(),
                                d.generation(),
                                d.ends() < tables.now(),
                                d.site()))
                .toList();
    }

    private boolean isOverdue(MemoryRows.Issued directive, List<String> sites) {
        var target = tables.targets.get(directive.rollout() + " " + directive.uid());
        var left =
                target != null
                        && !sites.contains(directive.site())
                        && target.changed() < tables.now() - LEFT;
        return target != null && target.isOut() && (directive.ends() < tables.now() || left);
    }

    @Override
    public void retry(Tx tx, String rollout, int wave, boolean failed, boolean aside) {
        for (var target : targets(rollout)) {
            var again =
                    (failed && target.state().equals("failed"))
                            || (aside && target.state().equals("aside") && !target.skipped());
            if (target.wave() == wave && again) {
                var wasFailed = target.state().equals("failed");
                tables.targets.put(target.key(), target.with("pending", null, null, tables.now()));
                count(rollout, wave, 0, 0, wasFailed ? -1 : 0, wasFailed ? 0 : -1);
            }
        }
    }

    @Override
    public List<String> others(Tx tx, String rollout, @Nullable Integer asideOf) {
        var mine = new HashSet<String>();
        targets(rollout).stream()
                .filter(t ->
                        asideOf == null
                                || (t.state().equals("aside")
                                        && !t.skipped()
                                        && t.wave() == asideOf))
                .forEach(t -> mine.add(t.uid()));
        var others = new TreeSet<String>();
        tables.targets
                .all(t -> !t.rollout().equals(rollout) && mine.contains(t.uid()) && isTaken(t))
                .forEach(t -> others.add(t.rollout()));
        return List.copyOf(others);
    }

    private boolean isTaken(MemoryRows.Target target) {
        var stands = STANDING.contains(tables.rollouts.row(target.rollout()).status());
        return target.isOut() || (stands && UNFINISHED.contains(target.state()));
    }
}
