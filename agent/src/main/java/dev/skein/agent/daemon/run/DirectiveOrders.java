// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.run;

import dev.skein.agent.daemon.discover.ServerDatabase;
import dev.skein.engine.event.Directive;
import dev.skein.engine.execute.order.AcceptedDrift;
import dev.skein.engine.execute.order.ApprovedPath;
import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.order.Limits;
import dev.skein.engine.execute.order.MigrationOrder;
import dev.skein.engine.execute.order.Scope;
import dev.skein.engine.journal.Author;
import dev.skein.engine.script.Scripts;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a directive means to the engine. Pure. */
public final class DirectiveOrders {
    private static final Limits LIMITS = Limits.DEFAULT.withLockWait(Duration.ofSeconds(5));

    private DirectiveOrders() {}

    /** What is to be done on a database, for whom, and what may run there. */
    static MigrationOrder order(Directive directive, ServerDatabase place, Scripts scripts) {
        var author = new Author(directive.actor(), directive.rollout(), directive.generation());
        return new MigrationOrder(
                        place.address(),
                        Scope.at(place.site()),
                        scripts,
                        goal(directive),
                        author,
                        LIMITS)
                .withUid(directive.uid())
                .withDrift(adopted(directive))
                .withApproved(ApprovedPath.of(directive.path()));
    }

    private static @Nullable AcceptedDrift adopted(Directive directive) {
        var observed = directive.adopted();
        return observed == null
                ? null
                : new AcceptedDrift("adopted in the control plane (skein drift)", observed);
    }

    /** Where it leads. */
    public static Goal goal(Directive directive) {
        var back = directive.takeBack();
        return back == null ? new Goal.Upgrade(directive.target()) : new Goal.TakeBack(back);
    }
}
