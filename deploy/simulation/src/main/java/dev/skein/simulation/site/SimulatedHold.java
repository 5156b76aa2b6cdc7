// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.site;

import dev.skein.agent.daemon.run.DirectiveEnding;
import dev.skein.agent.daemon.run.OutOfReach;
import dev.skein.engine.event.DatabaseReport.Kind;
import dev.skein.engine.event.Directive;
import java.time.Duration;
import java.util.function.Consumer;

/** Makes sure that nothing older runs on a database, before it is said to be held. */
final class SimulatedHold {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int PAUSE = 500;
    private static final int POLL = 200;
    private static final int GRACE = 3_000;

    private final SimulatedWorld world;
    private final ServiceProcess process;
    private final SimulatedTenant tenant;
    private final Directive directive;
    private final Consumer<DirectiveEnding> answer;
    private final OutOfReach reach;
    private SimulatedSession session;
    private long since;

    SimulatedHold(
            SimulatedWorld world,
            ServiceProcess process,
            SimulatedTenant tenant,
            Directive directive,
            Consumer<DirectiveEnding> answer) {
        this.world = world;
        this.process = process;
        this.tenant = tenant;
        this.directive = directive;
        this.answer = answer;
        this.reach = new OutOfReach(process::nanos, PATIENCE);
        this.session = new SimulatedSession(directive.generation());
    }

    void begin() {
        reach.attempt();
        session = new SimulatedSession(directive.generation());
        since = world.timeline().now();
        lock();
    }

    private void lock() {
        if (tenant.locks(session)) {
            tenant.fence(session); // where it is not let in, a later directive has fenced more
            tenant.end(session);
            answer.accept(DirectiveEnding.held(directive));
        } else if (session.isEnded()) {
            lost();
        } else {
            if (world.timeline().now() - since > GRACE) {
                tenant.endOlder(directive.generation());
            }
            process.in(POLL, this::lock);
        }
    }

    private void lost() {
        if (reach.isTooLong()) {
            answer.accept(DirectiveEnding.said(directive, Kind.UNREACHABLE, "it is out of reach"));
        } else {
            process.in(PAUSE, this::begin);
        }
    }
}
