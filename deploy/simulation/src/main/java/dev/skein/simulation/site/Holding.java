// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.site;

import dev.skein.agent.run.OutOfReach;
import dev.skein.agent.run.Story;
import dev.skein.engine.event.DatabaseReport.Kind;
import dev.skein.engine.event.Directive;
import java.time.Duration;
import java.util.function.Consumer;

/** Makes sure that nothing older runs on a database, before it is said to be held. */
final class Holding {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int PAUSE = 500;
    private static final int POLL = 200;
    private static final int GRACE = 3_000;

    private final World world;
    private final ServiceProcess process;
    private final Tenant tenant;
    private final Directive directive;
    private final Consumer<Story> answer;
    private final OutOfReach reach;
    private Tenant.Session session;
    private long since;

    Holding(
            World world,
            ServiceProcess process,
            Tenant tenant,
            Directive directive,
            Consumer<Story> answer) {
        this.world = world;
        this.process = process;
        this.tenant = tenant;
        this.directive = directive;
        this.answer = answer;
        this.reach = new OutOfReach(process::nanos, PATIENCE);
        this.session = new Tenant.Session(directive.generation());
    }

    void begin() {
        reach.attempt();
        session = new Tenant.Session(directive.generation());
        since = world.timeline().now();
        lock();
    }

    private void lock() {
        if (tenant.locks(session)) {
            tenant.fence(session); // where it is not let in, a later directive has fenced more
            tenant.end(session);
            answer.accept(Story.held(directive));
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
            answer.accept(Story.said(directive, Kind.UNREACHABLE, "it is out of reach"));
        } else {
            process.in(PAUSE, this::begin);
        }
    }
}
