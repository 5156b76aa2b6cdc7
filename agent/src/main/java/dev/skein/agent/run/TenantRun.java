// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.run;

import dev.skein.agent.bundle.BundleCache;
import dev.skein.agent.config.AgentConfig;
import dev.skein.agent.discover.Inventory;
import dev.skein.agent.discover.Look;
import dev.skein.agent.discover.Place;
import dev.skein.agent.relay.JournalRelay;
import dev.skein.agent.relay.Reporter;
import dev.skein.agent.relay.Untold;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.engine.backup.Restoration;
import dev.skein.engine.event.DatabaseReport;
import dev.skein.engine.event.DatabaseReport.Kind;
import dev.skein.engine.event.Directive;
import dev.skein.engine.execute.AcceptedDrift;
import dev.skein.engine.execute.Brake;
import dev.skein.engine.execute.Busy;
import dev.skein.engine.execute.Drifted;
import dev.skein.engine.execute.Goal;
import dev.skein.engine.execute.Limits;
import dev.skein.engine.execute.Migrator;
import dev.skein.engine.execute.Order;
import dev.skein.engine.execute.Outcome;
import dev.skein.engine.execute.Scope;
import dev.skein.engine.journal.Author;
import dev.skein.engine.postgres.Brief;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.Unreachable;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Carries out one directive: find the database, get the revisions, migrate, relay, report. */
@ApplicationScoped
public class TenantRun {
    private static final Logger LOG = Logger.getLogger(TenantRun.class);
    private static final Limits LIMITS = Limits.DEFAULT.withLockWait(Duration.ofSeconds(5));
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Inventory inventory;
    private final BundleCache bundles;
    private final JournalRelay relay;
    private final Reporter reporter;
    private final Budgets budgets;
    private final Measures measures;
    private final AgentConfig config;
    private final Clock clock;
    private final PgClient client;
    private final Migrator migrator;
    private final Backups backups;

    public TenantRun(
            Inventory inventory,
            BundleCache bundles,
            JournalRelay relay,
            Reporter reporter,
            Budgets budgets,
            Measures measures,
            Backups backups,
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
        this.config = config;
        this.clock = clock;
        this.client = PgClient.on(vertx);
        this.migrator = new Migrator(client, clock);
    }

    /**
     * Runs to the end on the calling thread.
     *
     * @return whether the directive is settled: done, failed or refused, and said so
     */
    public boolean tell(Directive directive, Brake brake) throws InterruptedException {
        try (var _ = LogKeys.of(directive)) {
            return told(directive, brake);
        }
    }

    private boolean told(Directive directive, Brake brake) throws InterruptedException {
        var found = find(directive, brake);
        if (found.isEmpty()) {
            // Without a database there is nothing to report on; the api asks again.
            LOG.warn("run: no such database at this site");
            return false;
        }
        var place = found.get().place();
        LogKeys.database(place.name());
        if (found.get().isTwin()) {
            finish(place, said(directive, Kind.REFUSED, String.valueOf(found.get().problem())));
            return true;
        }
        var story = budgets.within(place, brake, () -> attempt(directive, place, brake));
        LOG.infof("run: %s", story.orElse(Story.HELD).inWords());
        var now = directive.restore() == null ? place : inventory.again(place);
        finish(now, story.orElse(Story.HELD));
        return story.isPresent() && story.get().isSettled();
    }

    private Optional<Look> find(Directive directive, Brake brake) throws InterruptedException {
        var end = clock.instant().plus(config.patience());
        while (clock.instant().isBefore(end)) {
            var look = inventory.find(directive.uid());
            if (look.isPresent() || brake.isPulled()) {
                return look;
            }
            Thread.sleep(PAUSE);
        }
        return Optional.empty();
    }

    /** Tries until there is an outcome, or patience ends. */
    private Story attempt(Directive directive, Place place, Brake brake)
            throws InterruptedException {
        if (directive.restore() != null) {
            return restored(directive, place, brake);
        }
        var reach = new OutOfReach(clock, config.patience());
        while (true) {
            reach.attempt();
            var outcome = once(directive, place, brake);
            if (outcome instanceof Outcome.Occupied && !brake.isPulled()) {
                continue; // however long the other run takes: it is not this database's failure
            }
            if (!(outcome instanceof Outcome.Lost lost)) {
                return story(directive, outcome);
            }
            LOG.warnf("run: %s", lost.reason().getMessage());
            if (brake.isPulled()) {
                return Story.HELD;
            }
            if (reach.isTooLong()) {
                return said(directive, Kind.UNREACHABLE, lost.reason().discreet());
            }
            Thread.sleep(PAUSE);
        }
    }

    private Story restored(Directive directive, Place place, Brake brake)
            throws InterruptedException {
        try {
            return restored(directive, place, brake, backups.restoration());
        } catch (SkeinException e) {
            return notRestored(directive, brake, e);
        }
    }

    /** Tries until it is done or refused, or patience with what is out of reach ends. */
    private Story restored(Directive directive, Place place, Brake brake, Restoration restoration)
            throws InterruptedException {
        var reach = new OutOfReach(clock, config.patience());
        while (true) {
            reach.attempt();
            try {
                // What the database did so far is told before it is replaced.
                Runnable last = () -> relay.relay(place, false);
                return backups.restore(restoration, directive, place, last, brake)
                        ? Story.ANSWERED
                        : Story.JOURNALED;
            } catch (Busy | Unreachable | Untold e) {
                LOG.warnf("restore: %s", e.getMessage());
                if (brake.isPulled()) {
                    return Story.HELD;
                }
                if (reach.isTooLong()) {
                    return said(directive, Kind.UNREACHABLE, e.discreet());
                }
                Thread.sleep(PAUSE);
            }
        }
    }

    private static Story notRestored(Directive directive, Brake brake, SkeinException e) {
        LOG.warnf("restore: %s", e.getMessage());
        return e.code() == ErrorCode.INTERRUPTED && brake.isPulled()
                ? Story.HELD
                : said(directive, Kind.REFUSED, e.subject() + ": " + e.discreet());
    }

    private Outcome once(Directive directive, Place place, Brake brake)
            throws InterruptedException {
        try {
            var scripts = bundles.get(directive.bundle(), config.patience());
            var author = new Author(directive.actor(), directive.rollout(), directive.generation());
            var order =
                    new Order(
                                    place.address(),
                                    Scope.at(place.site()),
                                    scripts,
                                    goal(directive),
                                    author,
                                    LIMITS)
                            .withUid(directive.uid())
                            .withDrift(adopted(directive));
            return migrator.run(
                    order,
                    () -> brake.isPulled() || isLate(directive),
                    measures,
                    backups.before(directive, place, brake));
        } catch (SkeinException e) {
            // A backup that was stopped as asked has changed nothing.
            return e.code() == ErrorCode.INTERRUPTED && brake.isPulled()
                    ? new Outcome.Held(List.of(), List.of())
                    : new Outcome.Refused(e);
        }
    }

    private static @Nullable AcceptedDrift adopted(Directive directive) {
        var observed = directive.adopted();
        return observed == null
                ? null
                : new AcceptedDrift("adopted in the control plane (skein drift)", observed);
    }

    private static Goal goal(Directive directive) {
        var back = directive.takeBack();
        return back == null ? new Goal.Upgrade(directive.target()) : new Goal.TakeBack(back);
    }

    private boolean isLate(Directive directive) {
        Instant bound = directive.notAfter();
        return bound != null && clock.instant().isAfter(bound);
    }

    private static Story story(Directive directive, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done done -> Story.JOURNALED;
            case Outcome.Answered answered -> Story.ANSWERED;
            case Outcome.Occupied occupied -> Story.HELD;
            case Outcome.Failed failed -> Story.JOURNALED;
            case Outcome.Held held -> Story.HELD;
            case Outcome.Superseded s ->
                    said(directive, Kind.REFUSED, "superseded by generation " + s.accepted());
            case Outcome.Refused refused when refused.reason() instanceof Drifted drifted ->
                    aside(directive, drifted);
            case Outcome.Refused refused ->
                    said(directive, Kind.REFUSED, refused.reason().discreet());
            case Outcome.Lost lost -> said(directive, Kind.UNREACHABLE, lost.reason().discreet());
        };
    }

    private static Story held(Directive directive) {
        return said(directive, Kind.HELD, "stopped as asked");
    }

    private static Story aside(Directive directive, Drifted drifted) {
        var message = drifted.found() + ". Decide on it: skein drift list";
        var answer = new DatabaseReport.Answer(directive.generation(), Kind.REFUSED, message, true);
        return new Story(true, false, answer);
    }

    private static Story said(Directive directive, Kind kind, String message) {
        return new Story(
                true, false, new DatabaseReport.Answer(directive.generation(), kind, message));
    }

    private void finish(Place place, Story story) {
        try (var session = client.open(place.address(), "skein relay", Brief.SETTINGS)) {
            relay.relay(session, place, story.isOld());
            reporter.report(inventory.look(session, place), story.answer());
        } catch (SkeinException e) {
            // The entries are safe in the journal; the next round of discovery relays them.
            LOG.warnf("relay: %s", e.getMessage());
            reporter.report(inventory.look(place), story.answer());
        }
    }

    /** Says that nothing runs on a database, as was asked. */
    public void answerHeld(Directive directive) {
        inventory
                .find(directive.uid())
                .ifPresent(look -> reporter.report(look, held(directive).answer()));
    }

    /**
     * Says that a run ended in a way that nobody foresaw, so that it is not begun again and again.
     *
     * @return whether it could be said: not while its database is unknown here
     */
    public boolean answerUnexpected(Directive directive, Throwable error) {
        var look = inventory.find(directive.uid());
        look.ifPresent(seen -> finish(seen.place(), unexpected(directive, error)));
        return look.isPresent();
    }

    /** The error's text may hold anything; it stays in this agent's log. */
    private static Story unexpected(Directive directive, Throwable error) {
        return said(
                directive,
                Kind.REFUSED,
                "the agent failed ("
                        + error.getClass().getSimpleName()
                        + "). Its log says more; mend the cause and resume");
    }

    /** Says again how a directive ended: what the journal holds, or the last answer. */
    public void repeat(Directive directive) {
        inventory.find(directive.uid()).ifPresent(look -> repeat(directive, look));
    }

    private void repeat(Directive directive, Look look) {
        if (directive.action() == Directive.Action.HOLD) {
            answerHeld(directive);
        } else {
            finish(look.place(), new Story(true, true, reporter.lastAnswer(directive)));
        }
    }
}
