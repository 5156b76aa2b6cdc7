// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.drift;

import dev.skein.engine.SkeinException;
import dev.skein.engine.catalog.Fingerprint;
import dev.skein.engine.event.CatalogRecord;
import dev.skein.engine.event.DatabaseReport;
import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.journal.Envelope;
import dev.skein.service.database.Db;
import dev.skein.service.kafka.RecordTime;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Opens a finding when a database is not as its journal left it at exactly the entry that the scan
 * saw, and ends it when it is. A scan that cannot be compared says nothing.
 */
@ApplicationScoped
public class DriftDetector {
    private final FleetCoverage fleet;
    private final DriftCohorts cohorts;
    private final FindingStore findings;

    public DriftDetector(FleetCoverage fleet, DriftCohorts cohorts, FindingStore findings) {
        this.findings = findings;
        this.fleet = fleet;
        this.cohorts = cohorts;
    }

    /** Takes a catalog; findings that waited for it get their differences. */
    public void take(Db.Tx tx, CatalogRecord record) {
        var inserted =
                tx.query(
                        "INSERT INTO catalog VALUES ($1, $2) ON CONFLICT DO NOTHING",
                        record.fingerprint(),
                        Buffer.buffer(record.catalog()));
        if (inserted.rowCount() == 0) {
            return;
        }
        for (var one : findings.waiting(tx, record.fingerprint())) {
            findings.join(tx, one, cohorts.of(tx, one.expected(), one.observed()));
        }
    }

    /**
     * Takes a report, unless a newer one was taken: what is read again opens and ends no finding.
     * When it was made is what the broker says, where it does.
     */
    public void take(Db.Tx tx, DatabaseReport says, RecordTime stamp) {
        var at = stamp.at();
        var report = at == null ? says : says.withAt(at);
        if (!fleet.put(tx, report, stamp)) {
            return;
        }
        var observed = report.observed();
        var expected = expected(tx, report);
        if (observed == null || expected == null || !isComparable(expected, observed)) {
            return;
        }
        if (expected.equals(observed)) {
            fine(tx, report);
        } else {
            other(tx, report, expected, observed);
        }
    }

    private static boolean isComparable(String expected, String observed) {
        try {
            return Fingerprint.parse(expected).isComparable(Fingerprint.parse(observed));
        } catch (SkeinException e) {
            return false; // of another version of this program
        }
    }

    /**
     * What the log says that the entry left, where that entry says it; else what the journal says.
     */
    private static @Nullable String expected(Db.Tx tx, DatabaseReport report) {
        if (report.incarnation() == null) {
            return null;
        }
        var rows =
                tx.query(
                        "SELECT envelope FROM entry WHERE source = $1 AND seq = $2",
                        "db/" + report.uid() + "/" + report.incarnation(),
                        report.seq());
        if (rows.size() > 0) {
            var says = Envelope.parse(rows.iterator().next().getBuffer(0).getBytes());
            if (says.kind() == EntryKind.OBSERVED && says.fingerprint() != null) {
                return says.fingerprint();
            }
        }
        return report.fingerprint();
    }

    private void fine(Db.Tx tx, DatabaseReport report) {
        fleet.fine(tx, report);
        findings.find(tx, report.uid())
                .ifPresent(finding -> {
                    var over = FindingStore.Over.of(report);
                    if (isKnown(tx, finding, over)) {
                        end(tx, finding, over);
                    } else {
                        findings.over(tx, finding, over);
                    }
                });
    }

    /** Whether the log has all that the journal says of what happened since. */
    private static boolean isKnown(Db.Tx tx, FindingStore.Open finding, FindingStore.Over over) {
        if (Objects.equals(finding.incarnation(), over.incarnation())
                && over.seq() <= finding.seq()) {
            return true;
        }
        var rows =
                tx.query(
                        "SELECT FROM source WHERE id = $1 AND (next_seq > $2 OR state = 'fork')",
                        over.source(finding.uid()),
                        over.seq());
        return rows.size() > 0;
    }

    /** Ends findings that waited for entries which have come into the log. */
    public void settle(Db.Tx tx) {
        for (var finding : findings.settled(tx)) {
            end(tx, finding, Objects.requireNonNull(finding.over()));
        }
    }

    /** What was found before is so no more; what somebody decided on it says who. */
    private void end(Db.Tx tx, FindingStore.Open finding, FindingStore.Over over) {
        var ending =
                decided(tx, finding, over.at())
                        .or(() -> DriftAcceptance.find(tx, finding, over))
                        .orElse(new FindingStore.Ending("gone", over.at(), null, null));
        findings.end(tx, finding, ending);
    }

    private static Optional<FindingStore.Ending> decided(
            Db.Tx tx, FindingStore.Open finding, Instant at) {
        return tx
                .list(
                        """
                        SELECT kind, actor, reason FROM drift_rule
                        WHERE uid = $1 AND observed = $2 AND (until IS NULL OR until > $3)
                        """,
                        row ->
                                new FindingStore.Ending(
                                        row.getString(0), at, row.getString(1), row.getString(2)),
                        finding.uid(),
                        finding.observed(),
                        at.atOffset(ZoneOffset.UTC))
                .stream()
                .findFirst();
    }

    private void other(Db.Tx tx, DatabaseReport report, String expected, String observed) {
        var open = findings.find(tx, report.uid());
        var over = FindingStore.Over.of(report);
        if (isAllowed(tx, report.uid(), observed, report.at())) {
            open.ifPresent(finding -> end(tx, finding, over));
            return;
        }
        if (open.isPresent()
                && open.get().expected().equals(expected)
                && open.get().observed().equals(observed)) {
            findings.again(tx, open.get(), report.at());
            return;
        }
        open.ifPresent(finding -> end(tx, finding, over));
        findings.open(tx, report, expected, observed, cohorts.of(tx, expected, observed));
    }

    private static boolean isAllowed(Db.Tx tx, String uid, String observed, Instant at) {
        var rows =
                tx.query(
                        """
                        SELECT FROM drift_rule
                        WHERE uid = $1 AND observed = $2 AND (until IS NULL OR until > $3)
                        """,
                        uid,
                        observed,
                        at.atOffset(ZoneOffset.UTC));
        return rows.size() > 0;
    }

    /** A decision about drift, as the control plane records it. */
    public record Decision(
            String uid, String observed, String kind, String reason, @Nullable Instant until) {
        public Decision {
            Objects.requireNonNull(uid, "uid");
            Objects.requireNonNull(observed, "observed");
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** A database is forgotten: its finding is over, and its history stays. */
    public void forget(Db.Tx tx, FleetCoverage.Forgotten gone, String actor, Instant at) {
        fleet.forget(tx, gone);
        var ending = new FindingStore.Ending("gone", at, actor, gone.reason());
        findings.find(tx, gone.uid()).ifPresent(finding -> findings.end(tx, finding, ending));
    }

    /** Takes a decision: the finding is over, and what was decided on is none from now on. */
    public void take(Db.Tx tx, Decision decision, String actor, Instant at) {
        fleet.lock(tx, decision.uid()); // else a report that does not see it opens a finding
        put(tx, decision, actor);
        var ending = new FindingStore.Ending(decision.kind(), at, actor, decision.reason());
        findings.find(tx, decision.uid())
                .filter(finding -> finding.observed().equals(decision.observed()))
                .ifPresent(finding -> findings.end(tx, finding, ending));
    }

    private static void put(Db.Tx tx, Decision decision, String actor) {
        var until = decision.until();
        tx.query(
                """
                INSERT INTO drift_rule
                VALUES ($1, $2, $3, $4, $5, $6)
                ON CONFLICT (uid, observed) DO UPDATE SET kind = excluded.kind, actor = excluded.actor,
                    reason = excluded.reason, until = excluded.until
                """,
                decision.uid(),
                decision.observed(),
                decision.kind(),
                actor,
                decision.reason(),
                until == null ? null : until.atOffset(ZoneOffset.UTC));
    }
}
