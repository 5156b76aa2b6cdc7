// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.run;

import dev.skein.agent.daemon.config.AgentConfig;
import dev.skein.agent.daemon.discover.DatabaseInventory;
import dev.skein.agent.daemon.discover.DatabaseLook;
import dev.skein.agent.daemon.relay.DatabaseReporter;
import dev.skein.engine.SkeinException;
import dev.skein.engine.event.Directive;
import dev.skein.engine.postgres.PgClient;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Answers directives for which nothing is run: those that hold, ended before, or failed here. */
@ApplicationScoped
public class DirectiveAnswers {
    private static final Logger LOG = Logger.getLogger(DirectiveAnswers.class);

    private final DatabaseInventory inventory;
    private final DatabaseSearch search;
    private final DatabaseReporter reporter;
    private final EndingReports reports;
    private final DatabaseHold holding;
    private final Set<String> holds = ConcurrentHashMap.newKeySet();

    public DirectiveAnswers(
            DatabaseInventory inventory,
            DatabaseSearch search,
            DatabaseReporter reporter,
            EndingReports reports,
            AgentConfig config,
            Vertx vertx,
            Clock clock) {
        this.inventory = inventory;
        this.search = search;
        this.reporter = reporter;
        this.reports = reports;
        this.holding = new DatabaseHold(PgClient.on(vertx), clock, config.patience());
    }

    /** Says that nothing runs on a database, as was asked, once nothing older can. */
    public void answerHeld(Directive directive) {
        var asked = directive.uid() + "/" + directive.generation();
        if (!holds.add(asked)) {
            return; // it is asked again while somebody is waited for
        }
        try {
            hold(directive);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the service ends: whoever comes next is asked
        } catch (SkeinException e) {
            LOG.warnf("hold: %s", e.getMessage());
        } finally {
            holds.remove(asked);
        }
    }

    private void hold(Directive directive) throws InterruptedException {
        var found = search.findListed(directive);
        if (found.isPresent()) {
            var place = found.get().place();
            reports.report(place, holding.of(directive, place));
        } else {
            var answer = AbsenceReasons.held(directive, inventory.unlisted());
            reporter.answer(directive.uid(), answer);
        }
    }

    /**
     * Says that a run ended in a way that nobody foresaw, so that it is not begun again and again.
     */
    public void answerUnexpected(Directive directive, Throwable error) {
        var ending = DirectiveEnding.unexpected(directive, error);
        var answer = Objects.requireNonNull(ending.answer());
        inventory
                .find(directive.uid())
                .ifPresentOrElse(
                        seen -> reports.report(seen.place(), ending),
                        () -> reporter.answer(directive.uid(), answer));
    }

    /** Says again how a directive ended: what the journal holds, or the last answer. */
    public void repeat(Directive directive) {
        var found = inventory.find(directive.uid());
        if (directive.action() == Directive.Action.HOLD) {
            answerHeld(directive);
        } else {
            found.ifPresentOrElse(look -> repeat(directive, look), () -> repeatAbsent(directive));
        }
    }

    private void repeat(Directive directive, DatabaseLook look) {
        var ending = new DirectiveEnding(true, true, reporter.lastAnswer(directive));
        reports.report(look.place(), ending);
    }

    private void repeatAbsent(Directive directive) {
        var last = reporter.lastAnswer(directive);
        reporter.answer(
                directive.uid(),
                last != null ? last : AbsenceReasons.answer(directive, inventory.unlisted()));
    }
}
