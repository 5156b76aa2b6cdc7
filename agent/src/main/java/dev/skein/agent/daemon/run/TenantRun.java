// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.run;

import dev.skein.agent.daemon.bundle.BundleCache;
import dev.skein.agent.daemon.config.AgentConfig;
import dev.skein.agent.daemon.discover.DatabaseInventory;
import dev.skein.agent.daemon.discover.DatabaseLook;
import dev.skein.agent.daemon.discover.ServerDatabase;
import dev.skein.agent.daemon.relay.DatabaseReporter;
import dev.skein.agent.daemon.relay.JournalRelay;
import dev.skein.agent.daemon.relay.UnsentEntries;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.engine.backup.Restoration;
import dev.skein.engine.event.DatabaseReport.Kind;
import dev.skein.engine.event.Directive;
import dev.skein.engine.execute.Migrator;
import dev.skein.engine.execute.order.Brake;
import dev.skein.engine.execute.order.LockBusy;
import dev.skein.engine.execute.order.Outcome;
import dev.skein.engine.postgres.BriefSessions;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.Unreachable;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Carries out one directive: find the database, get the revisions, migrate, relay, report. */
@ApplicationScoped
public class TenantRun {
    private static final Logger LOG = Logger.getLogger(TenantRun.class);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final DatabaseInventory inventory;
    private final BundleCache bundles;
    private final JournalRelay relay;
    private final DatabaseReporter reporter;
    private final ServerBudgets budgets;
    private final RunMetrics measures;
    private final AgentConfig config;
    private final Clock clock;
    private final PgClient client;
    private final Migrator migrator;
    private final SiteBackups backups;
    private final DirectiveAttempts attempts;
    private final DatabaseHold holding;
    private final Set<String> holds = ConcurrentHashMap.newKeySet();

    public TenantRun(
            DatabaseInventory inventory,
            BundleCache bundles,
            JournalRelay relay,
            DatabaseReporter reporter,
            ServerBudgets budgets,
            RunMetrics measures,
            SiteBackups backups,
            DirectiveAttempts attempts,
            AgentConfig config,
            Vertx vertx,
            Clock clock) {
        this.inventory = inventory;
        this.bundles = bundles;
        this.relay = relay;
        this.reporter = reporter;
        this.budgets = budgets;
        this.measures = measures;
        this.backups = backups;
        this.attempts = attempts;
        this.config = config;
        this.clock = clock;
        this.client = PgClient.on(vertx);
        this.migrator = new Migrator(client, clock);
        this.holding = new DatabaseHold(client, clock, config.patience());
    }

    /**
     * Runs to the end on the calling thread.
     *
     * @return whether the directive is settled: done, failed or refused, and said so
     */
    public boolean tell(Directive directive, Brake brake) throws InterruptedException {
        attempts.begin(directive);
        try (var _ = LogKeys.of(directive)) {
            return told(directive, brake);
        } finally {
            attempts.end(directive);
        }
    }

    private boolean told(Directive directive, Brake brake) throws InterruptedException {
        var found = find(directive, brake);
        if (found.isEmpty()) {
            if (brake.isPulled()) {
                return false; // whoever asked for it gets an answer of its own
            }
            var answer = AbsenceReasons.answer(directive, inventory.unlisted());
            LOG.warnf("run: %s", answer.message());
            reporter.answer(directive.uid(), answer);
            return true;
        }
        var place = found.get().place();
        LogKeys.database(place.name());
        if (found.get().isTwin()) {
            finish(
                    place,
                    DirectiveEnding.said(
                            directive, Kind.REFUSED, String.valueOf(found.get().problem())));
            return true;
        }
        attempts.waits(directive, "waits for a place of server " + place.server());
        var story = budgets.within(place, brake, () -> attempt(directive, place, brake));
        LOG.infof("run: %s", story.orElse(DirectiveEnding.HELD).inWords());
        var now = directive.restore() == null ? place : inventory.again(place);
        finish(now, story.orElse(DirectiveEnding.HELD));
        return story.isPresent() && story.get().isSettled();
    }

    private Optional<DatabaseLook> find(Directive directive, Brake brake)
            throws InterruptedException {
        long began = System.nanoTime();
        while (System.nanoTime() - began < config.patience().toNanos()) {
            var look = inventory.find(directive.uid());
            if (look.isPresent() || brake.isPulled()) {
                return look;
            }
            attempts.waits(directive, AbsenceReasons.soFar(inventory.unlisted()));
            Thread.sleep(PAUSE);
        }
        return Optional.empty();
    }

    /** Tries until there is an outcome, or patience ends. */
    private DirectiveEnding attempt(Directive directive, ServerDatabase place, Brake brake)
            throws InterruptedException {
        if (directive.restore() != null) {
            return restored(directive, place, brake);
        }
        var reach = new OutOfReach(System::nanoTime, config.patience());
        while (true) {
            reach.attempt();
            attempts.tried(directive);
            var outcome = once(directive, place, brake);
            if (outcome instanceof Outcome.Occupied busy && !brake.isPulled()) {
                attempts.waits(directive, busy.reason().discreet());
                continue; // however long the other run takes: it is not this database's failure
            }
            if (!(outcome instanceof Outcome.Lost lost)) {
                return DirectiveEnding.of(directive, outcome);
            }
            LOG.warnf("run: %s", lost.reason().getMessage());
            attempts.waits(directive, lost.reason().discreet());
            if (brake.isPulled()) {
                return DirectiveEnding.HELD;
            }
            if (reach.isTooLong()) {
                return DirectiveEnding.said(directive, Kind.UNREACHABLE, lost.reason().discreet());
            }
            Thread.sleep(PAUSE);
        }
    }

    private DirectiveEnding restored(Directive directive, ServerDatabase place, Brake brake)
            throws InterruptedException {
        try {
            attempts.doing(directive, "is being restored");
            return restored(directive, place, brake, backups.restoration());
        } catch (SkeinException e) {
            return notRestored(directive, brake, e);
        }
    }

    /** Tries until it is done or refused, or patience with what is out of reach ends. */
    private DirectiveEnding restored(
            Directive directive, ServerDatabase place, Brake brake, Restoration restoration)
            throws InterruptedException {
        var reach = new OutOfReach(System::nanoTime, config.patience());
        while (true) {
            reach.attempt();
            attempts.tried(directive);
            try {
                // What the database did so far is told before it is replaced.
                Runnable last = () -> relay.relay(place, false);
                return backups.restore(restoration, directive, place, last, brake)
                        ? DirectiveEnding.ANSWERED
                        : DirectiveEnding.JOURNALED;
            } catch (LockBusy | Unreachable | UnsentEntries e) {
                LOG.warnf("restore: %s", e.getMessage());
                attempts.waits(directive, e.discreet());
                if (brake.isPulled()) {
                    return DirectiveEnding.HELD;
                }
                if (reach.isTooLong()) {
                    return DirectiveEnding.said(directive, Kind.UNREACHABLE, e.discreet());
                }
                Thread.sleep(PAUSE);
            }
        }
    }

    private static DirectiveEnding notRestored(Directive directive, Brake brake, SkeinException e) {
        LOG.warnf("restore: %s", e.getMessage());
        return e.code() == ErrorCode.INTERRUPTED && brake.isPulled()
                ? DirectiveEnding.HELD
                : DirectiveEnding.notRestored(directive, e);
    }

    private Outcome once(Directive directive, ServerDatabase place, Brake brake)
            throws InterruptedException {
        try {
            var scripts = bundles.get(directive.bundle(), config.patience());
            var order = DirectiveOrders.order(directive, place, scripts);
            return migrator.run(
                    order,
                    () -> brake.isPulled() || isLate(directive),
                    attempts.heard(directive, measures),
                    backups.before(directive, place, brake));
        } catch (SkeinException e) {
            // A backup that was stopped as asked has changed nothing.
            return e.code() == ErrorCode.INTERRUPTED && brake.isPulled()
                    ? new Outcome.Held(List.of(), List.of())
                    : new Outcome.Refused(e);
        }
    }

    private boolean isLate(Directive directive) {
        Instant bound = directive.notAfter();
        return bound != null && clock.instant().isAfter(bound);
    }

    private void finish(ServerDatabase place, DirectiveEnding story) {
        try (var session = client.open(place.address(), "skein relay", BriefSessions.SETTINGS)) {
            relay.relay(session, place, story.isOld());
            reporter.report(inventory.look(session, place), story.answer());
        } catch (SkeinException e) {
            // The entries are safe in the journal; the next round of discovery relays them.
            LOG.warnf("relay: %s", e.getMessage());
            reporter.report(inventory.look(place), story.answer());
        }
    }

    /** Says that nothing runs on a database, as was asked, once nothing older can. */
    public void answerHeld(Directive directive) {
        var asked = directive.uid() + "/" + directive.generation();
        if (!holds.add(asked)) {
            return; // it is asked again while somebody is waited for
        }
        try {
            var found = listed(directive);
            if (found.isPresent()) {
                finish(found.get().place(), holding.of(directive, found.get().place()));
            } else {
                reporter.answer(
                        directive.uid(), AbsenceReasons.held(directive, inventory.unlisted()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the service ends: whoever comes next is asked
        } catch (SkeinException e) {
            LOG.warnf("hold: %s", e.getMessage());
        } finally {
            holds.remove(asked);
        }
    }

    /** Waits for servers that are not looked at yet, as long as it may be on one of them. */
    private Optional<DatabaseLook> listed(Directive directive) throws InterruptedException {
        long began = System.nanoTime();
        while (inventory.find(directive.uid()).isEmpty()
                && !inventory.unlisted().isEmpty()
                && System.nanoTime() - began < config.patience().toNanos()) {
            Thread.sleep(PAUSE);
        }
        return inventory.find(directive.uid());
    }

    /**
     * Says that a run ended in a way that nobody foresaw, so that it is not begun again and again.
     */
    public void answerUnexpected(Directive directive, Throwable error) {
        var story = DirectiveEnding.unexpected(directive, error);
        inventory
                .find(directive.uid())
                .ifPresentOrElse(
                        seen -> finish(seen.place(), story),
                        () ->
                                reporter.answer(
                                        directive.uid(), Objects.requireNonNull(story.answer())));
    }

    /** Says again how a directive ended: what the journal holds, or the last answer. */
    public void repeat(Directive directive) {
        inventory
                .find(directive.uid())
                .ifPresentOrElse(look -> repeat(directive, look), () -> repeatAbsent(directive));
    }

    private void repeatAbsent(Directive directive) {
        var last = reporter.lastAnswer(directive);
        if (directive.action() == Directive.Action.HOLD) {
            answerHeld(directive);
        } else if (last != null) {
            reporter.answer(directive.uid(), last);
        } else {
            reporter.answer(
                    directive.uid(), AbsenceReasons.answer(directive, inventory.unlisted()));
        }
    }

    private void repeat(Directive directive, DatabaseLook look) {
        if (directive.action() == Directive.Action.HOLD) {
            answerHeld(directive);
        } else {
            finish(look.place(), new DirectiveEnding(true, true, reporter.lastAnswer(directive)));
        }
    }
}
