// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.intake;

import dev.skein.audit.drift.DriftDetector;
import dev.skein.audit.intake.DueDecisions.Due;
import dev.skein.audit.log.AuditLog;
import dev.skein.audit.log.HistoryResolution;
import dev.skein.audit.log.LogContinuation;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.service.database.Db;
import dev.skein.service.kafka.RecordFault;
import dev.skein.service.loop.ServiceLoop;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Lets follow from decisions what follows, once they are in the log: each in a transaction of its
 * own, so that one that is held up, by somebody's lock or a full disk, holds neither the log nor
 * the others. It is tried again until it follows; what can never follow is noted.
 */
@ApplicationScoped
public class DecisionFollower {
    private static final Logger LOG = Logger.getLogger(DecisionFollower.class);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final String KIND = "DECISION";
    private static final String NOTHING_FOLLOWS = "it is in the log, and nothing follows from it: ";

    /** Who waits longer for a lock, five times in a row, lets others go first. */
    private static final String LOCKS = "SET LOCAL lock_timeout = '300ms'";

    /** After so many tries it is told: what held it up is not over by itself. */
    private static final int TOLD = 3;

    private final Db db;
    private final DecisionEffects decisions;
    private final Counter anomalies;
    private final AtomicLong waiting = new AtomicLong();
    private final ServiceLoop loop = new ServiceLoop("decisions", this::round, () -> {});

    public DecisionFollower(
            Db db,
            DriftDetector drift,
            LogContinuation continuation,
            HistoryResolution resolution,
            MeterRegistry registry) {
        this.db = db;
        this.decisions = new DecisionEffects(drift, continuation, resolution);
        this.anomalies = registry.counter("skein.audit.anomalies");
        registry.gauge("skein.audit.decisions.due", waiting);
    }

    /** The loop that follows, for as long as the service lives. */
    public ServiceLoop loop() {
        return loop;
    }

    private void round() throws InterruptedException {
        if (!next()) {
            waiting.set(db.call(DueDecisions::count));
            Thread.sleep(LOOK);
        }
    }

    /** Follows one decision, or puts it off; gives whether there was one. */
    final boolean next() {
        var due = db.call(DueDecisions::next);
        due.ifPresent(this::follow);
        return due.isPresent();
    }

    private void follow(Due due) {
        try {
            db.call(tx -> follow(tx, due))
                    .ifPresent(why ->
                            tell(
                                    due,
                                    "nothing follows from it: " + why,
                                    "Decide once more what is still meant"));
        } catch (RuntimeException e) {
            if (e instanceof SkeinException ended && ended.code() == ErrorCode.INTERRUPTED) {
                throw e;
            }
            later(due, RecordFault.reason(e));
        }
    }

    /**
     * Gives why nothing will ever follow; that is noted then.
     *
     * @throws RuntimeException where it may follow later
     */
    private Optional<String> follow(Db.Tx tx, Due due) {
        if (!DueDecisions.take(tx, due)) {
            return Optional.empty();
        }
        var decision = LogRecordReader.parked(due.record());
        tx.query(LOCKS);
        var failed = tx.attempt(() -> decisions.effect(tx, decision).ifPresent(Runnable::run));
        if (failed.isPresent() && !isForGood(failed.get())) {
            throw failed.get();
        }
        var refused = failed.map(RecordFault::reason);
        refused.ifPresent(why -> AuditLog.note(tx, decision, KIND, NOTHING_FOLLOWS + why));
        return refused;
    }

    /** What it says cannot be, or is not so; whatever else failed may be over later. */
    private static boolean isForGood(RuntimeException e) {
        return switch (e) {
            case PgServerError _ -> RecordFault.is(e);
            case SkeinException failed -> RecordFault.is(e) && failed.code() != ErrorCode.FAILED;
            default -> RecordFault.is(e);
        };
    }

    private void later(Due decision, String reason) {
        long tries = db.call(tx -> DueDecisions.later(tx, decision, reason));
        if (tries == TOLD) {
            tell(
                    decision,
                    "what follows from it could not be done " + TOLD + " times: " + reason,
                    "It is tried again; see what holds it up, such as another session's lock");
        } else if (tries > 0) {
            LOG.warnf(
                    "decision %s/%d: not followed, again later: %s",
                    decision.source(), decision.seq(), reason);
        }
    }

    private void tell(Due decision, String found, String remedy) {
        anomalies.increment();
        LOG.errorf(
                "decision %s/%d is in the log, and %s. %s",
                decision.source(), decision.seq(), found, remedy);
    }
}
