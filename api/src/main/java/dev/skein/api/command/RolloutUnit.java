// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.command;

import dev.skein.api.rollout.Rollout;
import dev.skein.api.rollout.RolloutAction;
import dev.skein.api.rollout.RolloutEvent;
import dev.skein.api.store.DirectiveContent;
import dev.skein.api.store.DirectiveStore;
import dev.skein.api.store.RolloutStore;
import dev.skein.service.database.Db;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.List;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * Carries one command out on one rollout inside a transaction: events, and what follows at once. Of
 * many directives to be held it holds the first ones; the conductor does the others.
 */
@ApplicationScoped
public class RolloutUnit {
    private static final Logger LOG = Logger.getLogger(RolloutUnit.class);

    private final RolloutStore rollouts;
    private final DirectiveStore directives;
    private final AgentInquiries inquiries;

    public RolloutUnit(RolloutStore rollouts, DirectiveStore directives, AgentInquiries inquiries) {
        this.inquiries = inquiries;
        this.rollouts = rollouts;
        this.directives = directives;
    }

    /** Decides, appends, follows up. Gives the rollout as it is then. */
    public RolloutStore.Locked apply(
            Db.Tx tx, RolloutStore.Locked locked, RolloutAction command, String actor) {
        var events = Rollout.decide(command, locked.state());
        if (events.isEmpty()) {
            return locked;
        }
        var after = rollouts.append(tx, locked, events, actor);
        if (command instanceof RolloutAction.Create create) {
            rollouts.insert(tx, (RolloutEvent.Created) events.getFirst(), create.plan());
        }
        if (command instanceof RolloutAction.Undo undo) {
            rollouts.insert(tx, (RolloutEvent.Created) events.getFirst(), undo.plan());
        }
        var id = order(after.state()).rollout();
        log(id, after.state(), events, actor);
        rollouts.tallies(tx, id);
        follow(tx, locked.state(), after.state(), events);
        rollouts.project(tx, id, after.state(), approver(command));
        return after;
    }

    private static @Nullable String approver(RolloutAction command) {
        return switch (command) {
            case RolloutAction.Approve approve -> approve.by();
            case RolloutAction.Undo undo when undo.alone() -> undo.by();
            default -> null;
        };
    }

    private static void log(String id, Rollout state, List<RolloutEvent> events, String actor) {
        MDC.put("rollout", id);
        if (state instanceof Rollout.Active active && active.wave() >= 0) {
            MDC.put("wave", active.waveSpec().name());
        }
        events.forEach(event -> LOG.infof("%s by %s", event, actor));
        MDC.remove("rollout");
        MDC.remove("wave");
    }

    private void follow(Db.Tx tx, Rollout before, Rollout after, List<RolloutEvent> events) {
        var order = order(after);
        for (var event : events) {
            switch (event) {
                case RolloutEvent.Halted e -> directives.hold(tx, order);
                case RolloutEvent.Paused e -> directives.hold(tx, order);
                case RolloutEvent.Aborted e -> directives.hold(tx, order);
                case RolloutEvent.WaveDrained e -> {
                    rollouts.deadline(tx, order.rollout(), e.soakUntil().atOffset(ZoneOffset.UTC));
                    inquiries.tryBackup(tx, order.rollout(), e.wave());
                }
                case RolloutEvent.Resumed e -> retry(tx, order, (Rollout.Stopped) before, e);
                case RolloutEvent.Created e -> {}
                case RolloutEvent.Approved e -> {}
                case RolloutEvent.WaveReleased e -> {}
                case RolloutEvent.WavePassed e -> {}
                case RolloutEvent.Completed e -> {}
                case RolloutEvent.Doubted e -> {}
                case RolloutEvent.Skipped e -> directives.skip(tx, order.rollout(), e);
            }
        }
    }

    private void retry(
            Db.Tx tx,
            DirectiveContent.Order order,
            Rollout.Stopped stopped,
            RolloutEvent.Resumed resumed) {
        int wave = stopped.was().wave();
        var failed = stopped.retriesFailed(resumed);
        directives.retry(tx, order.rollout(), wave, failed, resumed.retryAside());
    }

    /** What the directives of a rollout say. */
    public static DirectiveContent.Order order(Rollout state) {
        var terms =
                switch (state) {
                    case Rollout.Proposed s -> s.terms();
                    case Rollout.Active s -> s.terms();
                    case Rollout.Stopped s -> s.was().terms();
                    case Rollout.Ended s -> s.terms();
                    case Rollout.Absent s -> throw new IllegalStateException("no terms yet");
                };
        var spec = terms.spec();
        return new DirectiveContent.Order(
                spec.id(),
                spec.bundle(),
                spec.to(),
                terms.author(),
                spec.undo() != null,
                spec.saving());
    }
}
